//! What the prose counts: the closed list of metrics, and the words by which a sentence tells them.
//!
//! The words are data: each stands for one cue, whatever it is made of. Words without a meaning of their own stand in
//! the table as well where a shorter word inside of them would mislead: 申请人 is no 申请.

mod frame;
mod numbers;
mod sums;
mod words;

pub use frame::{Object, Part};
pub use numbers::{
    AFTER, BARRED_UNITS, BEFORE, DENOMINATORS, Denominator, ISSUE, Kind, MONTH, NO_COUNTERS, NO_LIMITS, NUMERALS,
    ORDINAL, PER_CENT, PER_CENT_OF, PIECE, RANGE, SCALES, SINGLE, TABLE_MARKS, TENFOLDS, TIMES, UNITS, Unit, VAGUE,
    YEAR_ENDS, YUAN,
};
pub use sums::{ORGANISATIONS_ZH, Rows, SENTENCES, Sentences, column_zh, rows_of};
pub use words::{AND_OTHERS, IS, WORDS};

/// What part of the report a metric belongs to; only counts of one family are parts of each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Family {
    /// Requests for information.
    Requests,
    /// Reconsiderations and lawsuits.
    Disputes,
    /// What was published.
    Published,
    /// Documents and decisions.
    Documents,
    /// Training, meetings, fees and other work.
    Work,
    /// Rates.
    Rates,
}

macro_rules! metrics {
    ($($name:ident = $key:literal $family:ident $meaning:literal $example:literal;)*) => {
        /// What a number counts: a closed list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Metric { $(#[doc = $meaning] $name),* }

        impl Metric {
            /// All metrics, in the order of the report.
            pub const ALL: &[Metric] = &[$(Metric::$name),*];

            /// The public code.
            pub fn key(self) -> &'static str {
                match self { $(Metric::$name => $key),* }
            }

            /// The part of the report it belongs to.
            pub fn family(self) -> Family {
                match self { $(Metric::$name => Family::$family),* }
            }

            /// What it means.
            pub fn meaning(self) -> &'static str {
                match self { $(Metric::$name => $meaning),* }
            }

            /// A clause that states it.
            pub fn example(self) -> &'static str {
                match self { $(Metric::$name => $example),* }
            }
        }
    };
}

metrics! {
    Received = "received" Requests "Requests received in the year." "收到政府信息公开申请27件";
    CarriedIn = "carried_in" Requests "Requests carried over from the year before." "上年结转2件";
    Handled = "handled" Requests "Requests to be dealt with: received and carried over together." "共办理申请29件";
    Concluded = "concluded" Requests "Requests concluded." "办结25件";
    Answered = "answered" Requests "Requests answered." "已答复25件";
    CarriedOut = "carried_out" Requests "Requests carried over to the next year." "结转下年度继续办理4件";
    Granted = "granted" Requests "Requests granted." "予以公开12件";
    PartlyGranted = "partly_granted" Requests "Requests granted in part." "部分公开3件";
    Disclosed = "granted_or_partly" Requests "Requests granted or granted in part." "予以公开和部分公开共15件";
    Denied = "denied" Requests "Requests denied." "不予公开2件";
    Unable = "unable" Requests "Requests for information that could not be provided." "无法提供5件";
    NotHeld = "unable_not_held" Requests "Requests for information that the organ does not hold." "本机关不掌握相关政府信息4件";
    Rejected = "rejected" Requests "Requests not processed." "不予处理1件";
    RejectedPetition = "rejected_petition" Requests "Requests not processed because they are petitions or complaints." "信访举报投诉类申请1件";
    OtherOutcome = "other" Requests "Requests with another outcome." "其他处理2件";
    DeniedSecret = "denied_state_secret" Requests "Requests denied as state secrets." "属于国家秘密1件";
    DeniedLaw = "denied_other_law" Requests "Requests denied because another law forbids it." "法律行政法规禁止公开1件";
    DeniedStability = "denied_stability" Requests "Requests denied for security or stability." "危及“三安全一稳定”1件";
    DeniedThirdParty = "denied_third_party" Requests "Requests denied to protect a third party." "保护第三方合法权益2件";
    DeniedInternal = "denied_internal" Requests "Requests denied as internal affairs." "属于三类内部事务信息1件";
    DeniedProcess = "denied_process" Requests "Requests denied as information of a process." "属于四类过程性信息3件";
    DeniedFile = "denied_enforcement_file" Requests "Requests denied as files of enforcement." "属于行政执法案卷5件";
    DeniedQuery = "denied_query" Requests "Requests denied as queries of other procedures." "属于行政查询事项2件";
    UnableNotReady = "unable_not_ready" Requests "Requests for information that would have to be made." "没有现成信息需要另行制作4件";
    UnableUnclear = "unable_unclear" Requests "Requests that stayed unclear when corrected." "补正后申请内容仍不明确1件";
    RejectedRepeat = "rejected_repeat" Requests "Requests not processed because they repeat others." "重复申请2件";
    RejectedPublication = "rejected_publication" Requests "Requests not processed because a publication is asked for." "要求提供公开出版物1件";
    RejectedExcessive = "rejected_excessive" Requests "Requests not processed because they are too many without good reason." "无正当理由大量反复申请1件";
    RejectedReissue = "rejected_reissue" Requests "Requests not processed because a paper is to be confirmed or issued anew." "要求行政机关确认或重新出具1件";
    OtherNoCorrection = "other_no_correction" Requests "Requests dropped because they were not corrected in time." "逾期不补正3件";
    OtherFeeUnpaid = "other_fee_unpaid" Requests "Requests dropped because the fee was not paid in time." "逾期未缴费1件";
    NaturalPerson = "received_natural_person" Requests "Requests by natural persons." "自然人申请20件";
    Organisation = "received_organisation" Requests "Requests by legal persons or other organisations." "法人或其他组织7件";
    Business = "received_business" Requests "Requests by businesses." "商业企业5件";
    Research = "received_research" Requests "Requests by research institutions." "科研机构1件";
    Nonprofit = "received_nonprofit" Requests "Requests by nonprofit organisations." "社会公益组织1件";
    LegalService = "received_legal_service" Requests "Requests by legal service organisations." "法律服务机构1件";
    Reviews = "reviews" Disputes "Administrative reconsiderations because of disclosure." "被申请行政复议3件";
    ReviewsUpheld = "reviews_upheld" Disputes "Reconsiderations that upheld the organ." "行政复议3件，其中维持2件";
    ReviewsCorrected = "reviews_corrected" Disputes "Reconsiderations that corrected the organ." "行政复议3件，其中纠正1件";
    ReviewsOther = "reviews_other" Disputes "Reconsiderations with another result." "行政复议3件，其中其他结果1件";
    ReviewsPending = "reviews_pending" Disputes "Reconsiderations still pending." "行政复议3件，尚未审结1件";
    Lawsuits = "lawsuits" Disputes "Lawsuits because of disclosure." "提起行政诉讼2件";
    LawsuitsDirect = "lawsuits_direct" Disputes "Lawsuits brought without a reconsideration." "未经复议直接起诉1件";
    LawsuitsAfterReview = "lawsuits_after_review" Disputes "Lawsuits brought after a reconsideration." "复议后起诉1件";
    LawsuitsUpheld = "lawsuits_upheld" Disputes "Lawsuits that upheld the organ." "行政诉讼2件，均维持";
    LawsuitsCorrected = "lawsuits_corrected" Disputes "Lawsuits that corrected the organ." "行政诉讼2件，其中纠正1件";
    LawsuitsOther = "lawsuits_other" Disputes "Lawsuits with another result." "行政诉讼2件，其中其他结果1件";
    LawsuitsPending = "lawsuits_pending" Disputes "Lawsuits still pending." "行政诉讼2件，尚未审结1件";
    DisputesAll = "disputes" Disputes "Reconsiderations and lawsuits together." "行政复议、行政诉讼共5件";
    Published = "published" Published "Items published in all." "主动公开政府信息1286条";
    Website = "published_website" Published "Items published on the website." "门户网站公开信息800条";
    WeChat = "published_wechat" Published "Items published on WeChat." "微信公众号发布信息400条";
    Weibo = "published_weibo" Published "Items published on Weibo." "微博发布信息60条";
    NewMedia = "published_new_media" Published "Items published on new media, not told apart." "政务新媒体发布信息460条";
    ShortVideo = "published_short_video" Published "Clips published on platforms of short videos." "抖音号发布作品607条";
    PublishedOther = "published_other" Published "Items published of one kind, or in another channel." "其中政务动态信息742条";
    Interpretations = "interpretations" Published "Explanations of policies." "发布政策解读12篇";
    PolicyDocuments = "policy_documents" Published "Policy documents published; normative documents and regulations by name are not among them." "公开政策性文件11件";
    NormativePublished = "normative_published" Published "Normative documents published, whenever they were issued." "主动公开行政规范性文件42件";
    RegulationsPublished = "regulations_published" Published "Regulations published, whenever they were issued." "新增公开市政府规章1件";
    NormativeIssued = "normative_issued" Documents "Normative documents issued." "制发行政规范性文件3件";
    NormativeRepealed = "normative_repealed" Documents "Normative documents repealed." "废止规范性文件2件";
    NormativeInForce = "normative_in_force" Documents "Normative documents in force." "现行有效规范性文件21件";
    RegulationsIssued = "regulations_issued" Documents "Regulations issued." "制发规章3件";
    RegulationsRepealed = "regulations_repealed" Documents "Regulations repealed." "废止规章1件";
    RegulationsInForce = "regulations_in_force" Documents "Regulations in force." "现行有效的规章38件";
    Licensing = "licensing" Documents "Decisions on licences." "作出行政许可决定642件";
    Penalties = "penalties" Documents "Decisions on penalties." "行政处罚118件";
    Coercion = "coercion" Documents "Decisions on coercive measures." "行政强制4件";
    Proposals = "proposals" Work "Motions of people's congresses and proposals of consultative conferences." "办理人大建议3件";
    Gazettes = "gazette_issues" Work "Issues of the government's gazette." "制作《市人民政府公报》6期";
    Conferences = "press_conferences" Work "Press conferences; news published of them are not counted." "召开新闻发布会12场";
    Interviews = "interviews" Work "Interviews on the website or in the media; questionnaires and talks with visitors are not counted." "开展在线访谈6期";
    Responses = "responses" Work "Answers to what moves the public; letters and calls are not counted." "回应公众关注热点7次";
    Hotline = "hotline" Work "Cases of the public hotline (12345 and the mayor's) taken or concluded." "受理12345热线工单338件";
    Letters = "letters" Work "Letters and messages of the public received, answered or concluded; requests for information are not counted." "办理网民留言92条";
    Trainings = "trainings" Work "Trainings held." "开展业务培训4次";
    Trainees = "training_people" Work "People trained." "参训人员163人次";
    Meetings = "meetings" Work "Meetings held." "召开政务公开工作会议2次";
    Fees = "fees" Work "Fees collected for processing information." "收取信息处理费1560元";
    FeeCases = "fee_cases" Work "Times that fees for processing information were collected." "收取信息处理费4笔";
    Share = "share" Rates "Share of the count before it, in per cent." "自然人申请712件，占90.7%";
    Rate = "rate" Rates "A rate of work, in per cent." "按期答复率100%";
}

/// How a number is limited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// 约, 左右
    About,
    /// 余, 多, 超过
    Over,
    /// 近: not quite
    Nearly,
    /// 不少于, 以上
    AtLeast,
    /// 不超过, 以内
    AtMost,
    /// 不足
    Below,
}

impl Qualifier {
    /// The public code.
    pub fn key(self) -> &'static str {
        match self {
            Qualifier::About => "about",
            Qualifier::Over => "over",
            Qualifier::Nearly => "nearly",
            Qualifier::AtLeast => "at_least",
            Qualifier::AtMost => "at_most",
            Qualifier::Below => "below",
        }
    }
}

/// What a word tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[repr(u8)]
#[allow(missing_docs, reason = "each is told by its words in the table")]
pub enum Cue {
    Filler,
    Request,
    OnRequest,
    Apply,
    Receive,
    CarryIn,
    CarryOut,
    Carry,
    Conclude,
    Answer,
    Handle,
    Grant,
    Partly,
    Deny,
    Unable,
    NotHeld,
    Reject,
    Petition,
    OtherOutcome,
    Natural,
    Organisation,
    Business,
    Research,
    Nonprofit,
    LegalService,
    Way,
    Review,
    Lawsuit,
    DirectSuit,
    AfterSuit,
    Upheld,
    Corrected,
    OtherResult,
    Pending,
    Disclosure,
    Publish,
    Info,
    Kind,
    Website,
    WeChat,
    Weibo,
    NewMedia,
    Channel,
    Explain,
    Normative,
    Regulation,
    Licensing,
    Penalty,
    Coercion,
    Decide,
    Issue,
    Repeal,
    InForce,
    Training,
    Trained,
    Meeting,
    Fee,
    Cost,
    Charge,
    Proposal,
    Foreign,
    Total,
    Part,
    Further,
    Respectively,
    All,
    Neg,
    Zero,
    Happen,
    Condition,
    Share,
    Rate,
    LastYear,
    ThisYear,
    NextYear,
    Compare,
    Rise,
    RiseTo,
    Sometime,
    Cumulative,
    Running,
    Narrow,
    Wide,
    Plan,
    Every,
    Secret,
    OtherLaw,
    Stability,
    ThirdParty,
    Internal,
    Process,
    EnforcementFile,
    Query,
    NotReady,
    Unclear,
    Repeat,
    Publication,
    Excessive,
    Reissue,
    NoCorrection,
    FeeUnpaid,
    Matter,
    OnTime,
    Case,
    Lost,
    NormativeWork,
    Own,
    Office,
    NoFee,
    Attend,
    Bureau,
    Gazette,
    Press,
    Interview,
    Hotline,
    Letter,
    Policy,
    Hot,
    ShortVideo,
    AndOthers,
}
