//! Reports whose prose says what their tables say, and the same with one claim that contradicts them.

use super::dice::Dice;
use super::face::Layout;
use super::grid::{Plan, draw};
use super::ledger::{Ledger, Scale};
use super::prose::Masthead;
use super::words::{Hand, Pen};
use gxbg::terms::{Edition, Form, Group, Role, Table};

/// Rules of the prose that a report can be made to break, each by one claim.
pub(crate) const RULES: [&str; 11] = [
    "TXT-RECEIVED",
    "TXT-CARRIED-IN",
    "TXT-CONCLUDED",
    "TXT-CARRIED-OUT",
    "TXT-OUTCOME",
    "TXT-APPLICANTS",
    "TXT-DISPUTES",
    "TXT-BALANCE",
    "TXT-PERCENT",
    "TXT-NONE",
    "TXT-DOCUMENTS",
];

/// A report of a seed, and the rule that one of its claims breaks.
#[derive(Debug)]
pub(crate) struct Claimed {
    pub(crate) text: String,
    /// The rule that a claim breaks; none where nothing in the report could break the one asked for.
    pub(crate) broken: Option<&'static str>,
}

impl Claimed {
    pub(crate) fn of(seed: u64, broken: Option<&'static str>) -> Claimed {
        let mut dice = Dice::of(seed, "claims");
        let edition = Edition::ALL[dice.weighted(&[(0, 0.35), (1, 0.65)])];
        let scale = Scale::ALL[dice.below(3)];
        let form = Form::of(edition);
        let ledger = Ledger::roll(edition, scale, false, &mut Dice::of(seed, "ledger"));
        let (texts, _) = Pen::plain().write(form, &ledger.figures, &mut Dice::of(seed, "figures"));
        let mut hand = Hand::roll(&mut Dice::of(seed, "hand"));
        let plan = Plan::roll(&mut Dice::of(seed, "plan"));
        let sheets = draw(form, &texts, &plan, &mut hand, &mut Dice::of(seed, "labels"));
        let layout = [Layout::Tabs, Layout::BarBehind, Layout::TabBefore][dice.below(3)];
        let mut tables = sheets.iter().map(|sheet| layout.write(sheet, &mut dice.clone()));
        let [proactive, requests, disputes] = [(); 3].map(|()| tables.next().unwrap_or_default());
        let masthead = Masthead::roll(edition, scale, &mut dice);
        let mut writer = Writer { ledger: &ledger, dice, wanted: broken, done: false };
        let (year, short) = (masthead.year, masthead.short);
        let overview =
            [writer.published(), writer.requests(year), writer.outcomes(), writer.applicants(), writer.aside(year)];
        let documents = writer.documents(year);
        let quarrels = writer.disputes(year);
        let done = writer.done;
        let text = format!(
            "{short}{year}年政府信息公开工作年度报告\n一、总体情况\n{}\n二、主动公开政府信息情况\n{documents}\n{proactive}\n\
             三、收到和处理政府信息公开申请情况\n{requests}\n四、政府信息公开行政复议、行政诉讼情况\n{quarrels}\n{disputes}\n\
             五、存在的主要问题及改进情况\n一是公开不够及时。{}年，我们将组织培训4次。\n六、其他需要报告的事项\n本年度收取信息处理费0元。\n",
            overview.join("\n"),
            year + 1,
        );
        Claimed { text, broken: broken.filter(|_| done) }
    }
}

struct Writer<'a> {
    ledger: &'a Ledger,
    dice: Dice,
    wanted: Option<&'static str>,
    done: bool,
}

impl Writer<'_> {
    fn form(&self) -> &'static Form {
        Form::of(self.ledger.edition)
    }

    fn cell(&self, table: Table, row: &str, column: &str) -> Option<f64> {
        self.form().cell(table, row, column).map(|c| self.ledger.figures[c])
    }

    fn asked(&self, row: &str, column: &str) -> f64 {
        self.cell(Table::Requests, row, column).unwrap_or_default()
    }

    fn group(&self, group: Group) -> f64 {
        let form = self.form();
        let lines = form.lines.iter().enumerate().filter(|(_, t)| t.role == Role::Outcome && t.group == Some(group));
        lines.map(|(i, _)| self.ledger.figures[form.starts[i] + 6]).sum()
    }

    /// Whether the claim made now is the one that breaks the rule.
    fn breaks(&mut self, rule: &str) -> bool {
        let breaks = self.wanted == Some(rule) && !self.done && self.dice.chance(0.7);
        self.done |= breaks;
        breaks
    }

    /// A claim under a rule: the figure, or one that nothing in the report comes to.
    fn claim(&mut self, rule: &str, figure: f64) -> String {
        let figure = if self.breaks(rule) { figure + (1_000_003 + self.dice.range(0, 900)) as f64 } else { figure };
        self.written(figure as u64)
    }

    /// A number as some issuers write it.
    fn written(&mut self, n: u64) -> String {
        let plain = n.to_string();
        match self.dice.below(8) {
            0 if n >= 1_000 => thousands(&plain),
            1 => plain.chars().filter_map(|c| char::from_u32(c as u32 + 0xfee0)).collect(),
            2 if (1..100).contains(&n) && n != 2 => chinese(n),
            _ => plain,
        }
    }

    fn any(&mut self, low: u64, high: u64) -> u64 {
        self.dice.range(low, high)
    }

    fn published(&mut self) -> String {
        let (site, wechat) = (self.any(20, 900), self.any(20, 900));
        match self.dice.below(3) {
            0 => format!(
                "（一）主动公开。全年共公开政府信息{}条，其中门户网站{site}条，微信公众号{wechat}条。",
                site + wechat
            ),
            1 => format!("（一）主动公开。门户网站公开信息{site}条，微信公众号发布信息{wechat}条，比上年增加12条。"),
            _ => format!("（一）主动公开。累计发布信息{site}余条，办理12345热线工单{wechat}件，办结{wechat}件。"),
        }
    }

    fn requests(&mut self, year: i16) -> String {
        let figures = ["received", "carried_in", "concluded_total", "carried_out"].map(|row| self.asked(row, "total"));
        let [received, carried_in, concluded, carried_out] = figures;
        if received == 0.0 && self.wanted != Some("TXT-RECEIVED") {
            return format!("（二）依申请公开。{year}年未收到政府信息公开申请。");
        }
        if received > 0.0 && self.breaks("TXT-NONE") {
            return format!("（二）依申请公开。{year}年没有收到政府信息公开申请。");
        }
        if self.wanted == Some("TXT-BALANCE") {
            // Said twice, in sections of their own, the text of one contradicts itself.
            self.done = true;
            let wrong = concluded as u64 + 1_000_003;
            return format!(
                "（二）依申请公开。收到政府信息公开申请{received}件，上年结转{carried_in}件，办结{wrong}件，结转下年度继续办理{carried_out}件。"
            );
        }
        let [r, i, c, o] = [
            ("TXT-RECEIVED", received),
            ("TXT-CARRIED-IN", carried_in),
            ("TXT-CONCLUDED", concluded),
            ("TXT-CARRIED-OUT", carried_out),
        ]
        .map(|(rule, figure)| self.claim(rule, figure));
        match self.dice.below(4) {
            0 => format!(
                "（二）依申请公开。{year}年共收到政府信息公开申请{r}件，上年结转{i}件，办结{c}件，结转下年度继续办理{o}件。"
            ),
            1 => format!("（二）依申请公开。全年新收申请{r}件，上年度结转{i}件；已办结{c}件，其余{o}件结转至下年度。"),
            2 => format!(
                "（二）依申请公开。本年新收政府信息公开申请{r}件、上年结转{i}件，共办结{c}件、结转下年度{o}件。"
            ),
            _ => format!(
                "（二）依申请公开。{}年收到申请{}件，{year}年收到政府信息公开申请{r}件，比上年增加{}件。上年结转{i}件，全年办结{c}件，结转下年度{o}件。",
                year - 1,
                self.any(1, 99),
                self.any(1, 9)
            ),
        }
    }

    fn outcomes(&mut self) -> String {
        let other = match self.ledger.edition {
            Edition::Of2019 => self.asked("other", "total"),
            Edition::Of2021 => self.group(Group::Other),
        };
        let figures = [
            self.asked("granted", "total"),
            self.asked("partly_granted", "total"),
            self.group(Group::Denied),
            self.group(Group::Unable),
            self.group(Group::Rejected),
            other,
        ];
        let [granted, partly, denied, unable, rejected, other] = figures.map(|f| self.claim("TXT-OUTCOME", f));
        match self.dice.below(2) {
            0 => format!(
                "办理结果中，予以公开{granted}件，部分公开{partly}件，不予公开{denied}件，无法提供{unable}件，不予处理{rejected}件，其他处理{other}件。"
            ),
            _ => format!(
                "办结的申请中，{granted}件予以公开，{partly}件部分公开，{denied}件不予公开，{unable}件无法提供。"
            ),
        }
    }

    fn applicants(&mut self) -> String {
        let people = self.asked("received", "natural_person");
        let received = self.asked("received", "total");
        let others = received - people;
        if received == 0.0 {
            return String::new();
        }
        let share = 100.0 * people / received;
        let share = if self.breaks("TXT-PERCENT") { share + 7.3 } else { share };
        let (n, m) = (self.claim("TXT-APPLICANTS", people), self.claim("TXT-APPLICANTS", others));
        match self.dice.below(2) {
            0 => format!("新收申请中，自然人申请{n}件，占新收总数的{share:.1}%，法人或其他组织申请{m}件。"),
            _ => format!("从申请人看，公民申请{n}件，占{share:.2}%；法人和其他组织申请{m}件。"),
        }
    }

    fn aside(&mut self, year: i16) -> String {
        let (a, b, c) = (self.any(1, 60), self.any(1, 60), self.any(1, 9));
        match self.dice.below(3) {
            0 => format!("（三）其他工作。办理人大代表建议{a}件、政协提案{b}件，组织业务培训{c}次。"),
            1 => format!("（三）监督保障。{}年收到政府信息公开申请{a}件，收到群众意见建议{b}条。", year - 1),
            _ => format!("（三）平台建设。受理行政许可申请{a}件，接待查阅{b}人次，召开会议{c}次。"),
        }
    }

    fn documents(&mut self, year: i16) -> String {
        let (issued, repealed) = match self.ledger.edition {
            Edition::Of2019 => ("newly_made", None),
            Edition::Of2021 => ("issued", Some("repealed")),
        };
        let figure = |column| self.cell(Table::Proactive, "normative_documents", column).unwrap_or_default();
        let (made, gone) = (figure(issued), repealed.map(figure));
        let made = self.claim("TXT-DOCUMENTS", made);
        match gone {
            Some(gone) => {
                let gone = self.claim("TXT-DOCUMENTS", gone);
                format!("{year}年制发行政规范性文件{made}件，废止{gone}件，公开规范性文件{}件。", self.any(50, 90))
            }
            None => format!("{year}年新制定规范性文件{made}件，均已公开。"),
        }
    }

    fn disputes(&mut self, year: i16) -> String {
        let total = |w: &Self, row| w.cell(Table::Disputes, row, "total").unwrap_or_default();
        let (reviews, direct, after) =
            (total(self, "review"), total(self, "litigation_direct"), total(self, "litigation_after_review"));
        let (reviews, suits) = (self.claim("TXT-DISPUTES", reviews), self.claim("TXT-DISPUTES", direct + after));
        match self.dice.below(2) {
            0 => format!("{year}年因政府信息公开被申请行政复议{reviews}件，被提起行政诉讼{suits}件。"),
            _ => format!("本年度行政复议{reviews}件，行政诉讼{suits}件。"),
        }
    }
}

fn thousands(digits: &str) -> String {
    let mut out = String::new();
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A numeral below one hundred.
fn chinese(n: u64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, units) = ((n / 10) as usize, (n % 10) as usize);
    match tens {
        0 => DIGITS[units].to_owned(),
        1 => format!("十{}", DIGITS[units]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[units]),
    }
}
