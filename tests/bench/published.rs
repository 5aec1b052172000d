//! Sentences of published reports, marked by hand: what of the marks a reading gives back, and whom it accuses.

use gxbg::check::{Outcome, check};
use gxbg::terms::statements::Metric;
use gxbg::terms::{Edition, Form, Table};

use super::dice::Dice;
use super::face::Layout;
use super::grid::{Plan, draw};
use super::marked::mark_in;
use super::words::{Hand, Pen};

/// A sentence with its source and what it states.
#[derive(Debug)]
pub(crate) struct Published {
    /// Whether it was set aside.
    pub(crate) aside: bool,
    pub(crate) place: String,
    pub(crate) year: i16,
    kind: String,
    section: String,
    pub(crate) text: String,
    pub(crate) marks: Vec<String>,
}

/// Claims found, missed, and found where there is none; and of those found the ones whose whole frame is right.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) sentences: usize,
    pub(crate) right: usize,
    pub(crate) missed: usize,
    pub(crate) invented: usize,
    pub(crate) framed: usize,
    /// Sentences that are accused though the table agrees with their marks.
    pub(crate) accused: usize,
}

impl Score {
    pub(crate) fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.invented).max(1) as f64
    }

    pub(crate) fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }

    pub(crate) fn frames(self) -> f64 {
        self.framed as f64 / self.right.max(1) as f64
    }
}

/// The sentences of a half.
pub(crate) fn sentences(aside: bool) -> Vec<Published> {
    let lines = include_str!("../statements/published.tsv").lines().filter(|l| !l.starts_with('#'));
    let all = lines.map(|line| {
        let mut fields = line.split('\t').map(|f| f.trim().to_owned());
        let mut field = || fields.next().unwrap_or_default();
        let (half, place, year, kind, section, text, marks) =
            (field(), field(), field(), field(), field(), field(), field());
        let marks = marks.split(';').map(sorted).filter(|m| !m.is_empty()).collect();
        let year = year.parse().expect("a year");
        Published { aside: half == "aside", place, year, kind, section, text, marks }
    });
    let mut out: Vec<Published> = Vec::new();
    for sentence in all {
        match out.last_mut() {
            // 其中 begins no paragraph: it goes on with the sentence before.
            Some(last) if sentence.text.starts_with(GOES_ON) && last.is_of(&sentence) => {
                last.text += &sentence.text;
                last.marks.extend(sentence.marks);
            }
            _ => out.push(sentence),
        }
    }
    out.retain(|s| s.aside == aside);
    out
}

/// What begins with this speaks of parts of what the sentence before counted.
const GOES_ON: &str = "其中";

/// A mark with its words behind the metric in order.
fn sorted(mark: &str) -> String {
    let mut words: Vec<&str> = mark.split_whitespace().collect();
    if let Some(rest) = words.get_mut(2..) {
        rest.sort_unstable();
    }
    words.join(" ")
}

/// Number and metric of a mark.
fn claim(mark: &str) -> String {
    mark.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

impl Published {
    fn is_of(&self, other: &Published) -> bool {
        (&self.place, self.year, &self.section) == (&other.place, other.year, &other.section)
    }

    /// A report that says the sentence, with tables that say what its marks say.
    fn report(&self) -> String {
        let issuer = match self.kind.as_str() {
            "department" => "郎溪县财政局",
            "office" => "郎溪县人民政府办公室",
            "township" => "章古台镇",
            "agency" => "郎溪经济开发区管理委员会",
            "institution" => "郎溪县不动产登记中心",
            _ => "郎溪县人民政府",
        };
        let body = |section: &str| if section == self.section { self.text.as_str() } else { "" };
        let [proactive, requests, disputes] = self.tables();
        format!(
            "{issuer}{}年政府信息公开工作年度报告\n一、总体情况\n{}\n二、主动公开政府信息情况\n{}\n{proactive}\n\
             三、收到和处理政府信息公开申请情况\n{}\n{requests}\n四、政府信息公开行政复议、行政诉讼情况\n{}\n{disputes}\n\
             五、存在的主要问题及改进情况\n{}\n六、其他需要报告的事项\n{}\n",
            self.year,
            body("overview"),
            body("proactive"),
            body("requests"),
            body("disputes"),
            body("problems"),
            body("other")
        )
    }

    /// The tables of the form of 2021 with the figures that the marks tell of the year and of all organs; where they tell
    /// nothing, figures that keep the ties.
    fn tables(&self) -> [String; 3] {
        let form = Form::of(Edition::Of2021);
        let told = |metric: Metric| {
            let of = |m: &&String| m.split(' ').nth(1) == Some(metric.key());
            let plain = |m: &&String| m.split(' ').skip(2).all(|w| matches!(w, "p" | "w" | "over" | "nearly"));
            let mark = self.marks.iter().filter(of).find(plain)?;
            let limit = if mark.contains("over") {
                1.0
            } else if mark.contains("nearly") {
                -1.0
            } else {
                0.0
            };
            Some(mark.split(' ').next()?.parse::<f64>().ok()? + limit)
        };
        let mut figures = vec![0.0; form.cells.len()];
        let mut set = |table, row: &str, column: &str, value: f64| {
            if let Some(cell) = form.cell(table, row, column) {
                figures[cell] = value;
            }
        };
        use Metric::*;
        let outcomes = [
            (Granted, "granted"),
            (PartlyGranted, "partly_granted"),
            (Denied, "denied_query"),
            (DeniedFile, "denied_enforcement_file"),
            (DeniedProcess, "denied_process"),
            (DeniedQuery, "denied_query"),
            (Unable, "unable_not_ready"),
            (NotHeld, "unable_not_held"),
            (UnableUnclear, "unable_unclear"),
            (Rejected, "rejected_repeat"),
        ];
        let mut sum = 0.0;
        for (metric, row) in outcomes {
            let value = told(metric).unwrap_or(0.0);
            sum += value;
            if value > 0.0 {
                set(Table::Requests, row, "natural_person", value);
                set(Table::Requests, row, "total", value);
            }
        }
        let (carried_in, carried_out) = (told(CarriedIn).unwrap_or(0.0), told(CarriedOut).unwrap_or(0.0));
        let both = told(Disclosed).unwrap_or(0.0);
        let concluded = told(Concluded).or_else(|| told(Answered)).or_else(|| told(Handled));
        let received = told(Received).or_else(|| Some((concluded? + carried_out - carried_in).max(0.0)));
        let received = received.unwrap_or(sum + both + 7.0);
        let done = concluded.unwrap_or((received + carried_in - carried_out).max(0.0));
        let left = (done - sum - both).max(0.0);
        let other = told(OtherOutcome).unwrap_or(left);
        let rest = [("granted", both + (left - other).max(0.0)), ("other_other", other)];
        let rest = if told(Granted).is_some() && both == 0.0 { [rest[1], rest[1]] } else { rest };
        for (row, value) in rest.into_iter().filter(|(_, v)| *v > 0.0) {
            set(Table::Requests, row, "natural_person", value);
            set(Table::Requests, row, "total", value);
        }
        let people = told(NaturalPerson).unwrap_or(received).min(received);
        for (row, people, total) in [
            ("received", people, received),
            ("carried_in", carried_in, carried_in),
            ("concluded_total", done, done),
            ("carried_out", carried_out, carried_out),
        ] {
            set(Table::Requests, row, "natural_person", people);
            set(Table::Requests, row, "business", total - people);
            set(Table::Requests, row, "total", total);
        }
        let results = [
            ("upheld", ReviewsUpheld, LawsuitsUpheld),
            ("corrected", ReviewsCorrected, LawsuitsCorrected),
            ("other_result", ReviewsOther, LawsuitsOther),
            ("pending", ReviewsPending, LawsuitsPending),
        ];
        for (row, is_review, total) in [
            ("review", true, told(Reviews).or_else(|| told(DisputesAll)).unwrap_or(0.0)),
            ("litigation_direct", false, told(Lawsuits).or_else(|| told(LawsuitsDirect)).unwrap_or(0.0)),
        ] {
            let mut left = total;
            for (column, review, suit) in results {
                let value = told(if is_review { review } else { suit }).unwrap_or(0.0);
                set(Table::Disputes, row, column, value);
                left -= value;
            }
            if left > 0.0 {
                set(Table::Disputes, row, "other_result", left);
            }
            set(Table::Disputes, row, "total", total);
        }
        for (row, issued, repealed, in_force) in [
            ("regulations", RegulationsIssued, RegulationsRepealed, RegulationsInForce),
            ("normative_documents", NormativeIssued, NormativeRepealed, NormativeInForce),
        ] {
            set(Table::Proactive, row, "issued", told(issued).unwrap_or(3.0));
            set(Table::Proactive, row, "repealed", told(repealed).unwrap_or(2.0));
            set(Table::Proactive, row, "in_force", told(in_force).unwrap_or(21.0));
        }
        written(&figures)
    }
}

/// The tables of the form of 2021 with these row totals, all by natural persons or with another result.
pub(crate) fn tables(totals: &[(&str, f64)]) -> [String; 3] {
    let form = Form::of(Edition::Of2021);
    let mut figures = vec![0.0; form.cells.len()];
    for (row, total) in totals {
        for (table, column) in [
            (Table::Requests, "natural_person"),
            (Table::Requests, "total"),
            (Table::Disputes, "other_result"),
            (Table::Disputes, "total"),
        ] {
            if let Some(cell) = form.cell(table, row, column) {
                figures[cell] = *total;
            }
        }
    }
    written(&figures)
}

/// Figures of the form of 2021 as its three tables.
fn written(figures: &[f64]) -> [String; 3] {
    let form = Form::of(Edition::Of2021);
    let seed = 1;
    let (texts, _) = Pen::plain().write(form, figures, &mut Dice::of(seed, "figures"));
    let mut hand = Hand::roll(&mut Dice::of(seed, "hand"));
    let plan = Plan::roll(&mut Dice::of(seed, "plan"));
    let sheets = draw(form, &texts, &plan, &mut hand, &mut Dice::of(seed, "labels"));
    let mut tables = sheets.iter().map(|sheet| Layout::Tabs.write(sheet, &mut Dice::of(seed, "layout")));
    [(); 3].map(|()| tables.next().unwrap_or_default())
}

/// The score of a half; `complain` sees each sentence that is not read as marked, or accused.
pub(crate) fn score(aside: bool, mut complain: impl FnMut(&Published, &[String], &[String], &[String])) -> Score {
    let mut total = Score::default();
    for sentence in sentences(aside) {
        let document = gxbg::decode::decode(sentence.report().as_bytes()).expect("a text decodes");
        let report = gxbg::recognize::recognize(&document).expect("a report with all sections");
        assert_eq!(report.masthead.year, Some(sentence.year), "{}", sentence.text);
        let told = report.statements.iter().filter(|s| s.metric.is_some()).map(|s| sorted(&mark_in(s, sentence.year)));
        let mut want = sentence.marks.clone();
        let (mut invented, mut right, mut framed) = (Vec::new(), 0, 0);
        let mut left: Vec<String> = Vec::new();
        for got in told {
            match want.iter().position(|w| *w == got) {
                Some(at) => {
                    want.remove(at);
                    right += 1;
                    framed += 1;
                }
                None => left.push(got),
            }
        }
        let mut unframed = Vec::new();
        for got in left {
            match want.iter().position(|w| claim(w) == claim(&got)) {
                Some(at) => {
                    unframed.push(format!("{got} for {}", want.remove(at)));
                    right += 1;
                }
                None => invented.push(got),
            }
        }
        let checked = check(&gxbg::ledger::settle(report), &document.text);
        // What a share is a share of stands in the report, not in the sentence.
        let is_accused = |f: &gxbg::check::Finding| {
            f.rule.id.starts_with("TXT-") && f.rule.id != "TXT-PERCENT" && f.outcome == Outcome::Violated
        };
        let accused = checked.findings.iter().enumerate().filter(|(_, f)| is_accused(f));
        let accused: Vec<String> = accused
            .map(|(at, f)| {
                checked
                    .sentences
                    .iter()
                    .find(|s| s.finding == at)
                    .and_then(|s| s.message.as_ref())
                    .map_or_else(|| f.message_en(), |m| m[0].clone())
            })
            .collect();
        if !want.is_empty() || !invented.is_empty() || !unframed.is_empty() || !accused.is_empty() {
            invented.extend(unframed.iter().cloned());
            complain(&sentence, &want, &invented, &accused);
            invented.truncate(invented.len() - unframed.len());
        }
        total.sentences += 1;
        total.right += right;
        total.framed += framed;
        total.missed += want.len();
        total.invented += invented.len();
        total.accused += usize::from(!accused.is_empty());
    }
    total
}
