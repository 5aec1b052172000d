//! Issuers over years, whole reports as text, with faults in their figures, dates and words.

use std::collections::BTreeSet;

use super::dice::Dice;
use super::face::Layout;
use super::grid::{Plan, draw};
use super::words::{Hand, Pen};
use gxbg::across::{Linked, Summary, link};
use gxbg::check::Outcome;
use gxbg::terms::{APPLICANTS, Edition, Form, RESULTS, Role, SECTIONS, Section, Table};

pub(crate) const YEARS: std::ops::RangeInclusive<i16> = 2019..=2024;

/// What is done to a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Planted {
    Carry,
    Stock,
    Items,
    Pending,
    Yuan,
    Figures,
    Prose,
    Restated,
    Repeated,
    /// Published after the day on which it was due.
    Late,
    /// The prose speaks of the year before as its own.
    Year,
    /// The prose states other requests than the table.
    Text,
}

impl Planted {
    pub(crate) const ALL: [Planted; 12] = [
        Planted::Carry,
        Planted::Stock,
        Planted::Items,
        Planted::Pending,
        Planted::Yuan,
        Planted::Figures,
        Planted::Prose,
        Planted::Restated,
        Planted::Repeated,
        Planted::Late,
        Planted::Year,
        Planted::Text,
    ];

    /// The rule that should tell it, and the subject of its finding where the rule has several.
    pub(crate) fn rule(self) -> (&'static str, Option<&'static str>) {
        match self {
            Planted::Carry => ("CHN-CARRY", None),
            Planted::Stock => ("CHN-STOCK", None),
            Planted::Items => ("CHN-ITEMS", None),
            Planted::Pending => ("CHN-PENDING", None),
            Planted::Yuan => ("UNIT-YUAN", None),
            Planted::Figures => ("CHN-COPY", Some("figures")),
            Planted::Prose => ("CHN-COPY", Some("overview")),
            Planted::Restated => ("CHN-RESTATED", None),
            Planted::Repeated => ("CHN-REPEATED", None),
            Planted::Late => ("DUE-DATE", None),
            Planted::Year => ("YEAR-AGREE", None),
            Planted::Text => ("TXT-RECEIVED", None),
        }
    }
}

/// A corpus with what was done to it: the reports with a fault, by issuer and year.
pub(crate) struct Series {
    pub(crate) summaries: Vec<Summary>,
    who: Vec<(usize, i16)>,
    /// Rules that a report violates by itself.
    alone: Vec<Vec<&'static str>>,
    planted: BTreeSet<(Planted, usize, i16)>,
    /// Pairs that break a rule as the consequence of another fault.
    follows: BTreeSet<(usize, i16)>,
}

/// What a report says beside its tables.
#[derive(Clone, Copy)]
struct Words<'a> {
    prose: &'a str,
    /// The requests received, as stated.
    stated: f64,
    /// The day of the next year on which it was published.
    day: i32,
}

/// Found, planted and both, for one kind of fault.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) planted: usize,
    pub(crate) told: usize,
    pub(crate) right: usize,
}

impl Series {
    pub(crate) fn roll(issuers: usize) -> Series {
        let mut series = Series {
            summaries: Vec::new(),
            who: Vec::new(),
            alone: Vec::new(),
            planted: BTreeSet::new(),
            follows: BTreeSet::new(),
        };
        (0..issuers).for_each(|i| series.issuer(i));
        series
    }

    fn issuer(&mut self, number: usize) {
        let mut dice = Dice::of(number as u64, "series");
        let name = format!("{}{}县财政局", SYLLABLES[number % 40], SYLLABLES[(number / 40 + number * 7 + 3) % 40]);
        let name = if number >= 1600 { format!("{number}{name}") } else { name };
        let mut before: Option<(Vec<f64>, Edition, String)> = None;
        for year in YEARS {
            let edition = Edition::in_force(year).expect("after 2018");
            // Only a name tells who these issuers are: where two reports of a year differ, nothing else can be told.
            let kind = if number % 5 == 4 { Planted::Restated } else { OTHERS[dice.below(OTHERS.len())] };
            let wanted = (year > *YEARS.start() && dice.chance(0.3)).then_some(kind);
            let last = before.as_ref().map(|(figures, e, _)| (figures.as_slice(), Form::of(*e)));
            let (mut figures, mut done) = figures(edition, last, wanted, &mut dice);
            let told_year = if wanted == Some(Planted::Year) { year - 1 } else { year };
            let mut prose = overview(told_year, &mut dice);
            let received = Form::of(edition).cell(Table::Requests, "received", "total").map_or(0.0, |c| figures[c]);
            let stated = received + if wanted == Some(Planted::Text) { 101.0 } else { 0.0 };
            match (wanted, &before) {
                (Some(Planted::Figures), Some((old, e, _))) if *e == edition => {
                    figures.clone_from(old);
                    done = true;
                    // Copied figures break the ties between the years too, as does the unit of an amount.
                    self.follows.extend([(number, year)]);
                }
                (Some(Planted::Prose), Some((_, _, old))) => {
                    prose = old.replace(&(year - 1).to_string(), &year.to_string());
                    done = true;
                }
                (Some(Planted::Restated | Planted::Repeated | Planted::Late | Planted::Year | Planted::Text), _) => {
                    done = true
                }
                _ => {}
            }
            // Copied figures are stated as they are.
            let stated = match wanted {
                Some(Planted::Figures) => {
                    Form::of(edition).cell(Table::Requests, "received", "total").map_or(0.0, |c| figures[c])
                }
                _ => stated,
            };
            let day = if wanted == Some(Planted::Late) { dice.range(32, 180) } else { dice.range(4, 31) };
            let words = Words { prose: &prose, stated, day: day as i32 };
            self.add(number, &name, year, edition, &figures, words, 0);
            if let (Some(kind), true) = (wanted, done) {
                if kind == Planted::Yuan {
                    // The way back to the right unit is told as well.
                    self.follows.insert((number, year + 1));
                }
                self.planted.insert((kind, number, year));
                if matches!(kind, Planted::Restated | Planted::Repeated) {
                    let mut again = figures.clone();
                    if kind == Planted::Restated {
                        let cell = Form::of(edition).cell(Table::Proactive, "licensing", "decisions").expect("a cell");
                        again[cell] += 11.0;
                    }
                    self.add(number, &name, year, edition, &again, words, 1);
                }
            }
            before = Some((figures, edition, prose));
        }
    }

    #[allow(clippy::too_many_arguments, reason = "a report is that much")]
    fn add(&mut self, n: usize, name: &str, year: i16, edition: Edition, figures: &[f64], words: Words<'_>, copy: u64) {
        let seed = (n as u64) << 20 | (year as u64) << 4 | copy;
        let mut dice = Dice::of(seed, "face");
        let form = Form::of(edition);
        let (texts, _) = Pen::plain().write(form, figures, &mut dice);
        let plan = Plan::roll(&mut dice);
        let mut hand = Hand::roll(&mut dice);
        let sheets = draw(form, &texts, &plan, &mut hand, &mut dice);
        let layout = [Layout::Tabs, Layout::BarRows, Layout::TabBefore, Layout::Markdown][dice.below(4)];
        let mut tables = sheets.iter().map(|s| layout.write(s, &mut dice)).collect::<Vec<_>>().into_iter();
        let mut text = format!("{name}{year}年政府信息公开工作年度报告\n\n");
        for (term, mark) in SECTIONS.iter().zip(["一", "二", "三", "四", "五", "六"]) {
            text += &format!("{mark}、{}\n", term.label);
            match term.section {
                Section::Overview => {
                    text += words.prose;
                    text += &format!("全年共收到政府信息公开申请{}件。\n", words.stated);
                }
                Section::Problems => text += "公开的内容还不够全面，下一步将加强学习，改进工作。\n",
                Section::Other => text += "无其他需要报告的事项。\n",
                _ => text += &tables.next().unwrap_or_default(),
            }
        }
        let published = jiff::civil::date(year + 1, 1, 1) + jiff::Span::new().days(words.day - 1);
        text += &format!("{name}\n{}年{}月{}日\n", published.year(), published.month(), published.day());
        let document = gxbg::decode::decode(text.as_bytes()).expect("a text");
        let settled = gxbg::ledger::settle(gxbg::recognize::recognize(&document).expect("a report"));
        let checked = gxbg::check::check(&settled, &document.text);
        let violated = checked.findings.iter().filter(|f| f.outcome == Outcome::Violated);
        self.alone.push(violated.map(|f| f.rule.id).collect());
        let content = format!("{:016x}", Dice::of(seed, "content").range(1, u64::MAX - 1));
        self.summaries.push(Summary::of(&format!("{n}/{year}-{copy}.txt"), &content, &document, &settled));
        self.who.push((n, year));
    }

    /// How well each kind of fault is told. A report counts once per kind.
    pub(crate) fn scores(&self) -> Vec<(Planted, Score)> {
        let linked = link(&self.summaries);
        Planted::ALL.into_iter().map(|kind| (kind, self.score(kind, &linked))).collect()
    }

    fn score(&self, kind: Planted, linked: &Linked) -> Score {
        let (rule, subject) = kind.rule();
        let alone = self.alone.iter().zip(&self.who).filter(|(rules, _)| rules.contains(&rule)).map(|(_, who)| *who);
        let told: BTreeSet<(usize, i16)> = linked
            .links
            .iter()
            .filter(|l| l.finding.rule.id == rule && (subject.is_none() || l.finding.subject == subject))
            .filter(|l| l.finding.outcome == Outcome::Violated || kind == Planted::Restated)
            .map(|l| self.who[l.report])
            .chain(alone)
            .collect();
        let planted: BTreeSet<(usize, i16)> =
            self.planted.iter().filter(|(k, ..)| *k == kind).map(|(_, n, y)| (*n, *y)).collect();
        // What copied figures break besides is no error of the rule.
        let fair = told.iter().filter(|t| planted.contains(t) || !self.follows.contains(t)).count();
        Score { planted: planted.len(), told: fair, right: told.intersection(&planted).count() }
    }
}

const OTHERS: [Planted; 11] = [
    Planted::Carry,
    Planted::Stock,
    Planted::Items,
    Planted::Pending,
    Planted::Yuan,
    Planted::Figures,
    Planted::Prose,
    Planted::Repeated,
    Planted::Late,
    Planted::Year,
    Planted::Text,
];

const SYLLABLES: [&str; 40] = [
    "云", "岭", "溪", "柏", "沙", "洪", "安", "宁", "德", "顺", "昌", "泰", "和", "兴", "平", "青", "龙", "凤", "石",
    "林", "桐", "枫", "梅", "桂", "永", "长", "清", "河", "湖", "江", "阳", "阴", "川", "谷", "丰", "康", "乐", "华",
    "新", "源",
];

const WORDS: [&str; 48] = [
    "便民", "服务", "专栏", "档案", "窗口", "解读", "培训", "巡查", "座谈", "走访", "公示", "橱窗", "广播", "短信",
    "村务", "医保", "教育", "就业", "养老", "救助", "征收", "环境", "水利", "交通", "财政", "预算", "决算", "采购",
    "招标", "审计", "统计", "督导", "考核", "问责", "研判", "调度", "审核", "保密", "编目", "归档", "查阅", "答复",
    "登记", "协商", "转办", "回访", "整改", "通报",
];

/// Prose of the year, with what everybody writes in front.
fn overview(year: i16, dice: &mut Dice) -> String {
    let mut text = format!(
        "{year}年，我局坚持以习近平新时代中国特色社会主义思想为指导，认真贯彻落实《中华人民共和国政府信息公开条例》，\
         坚持以公开为常态、不公开为例外，扎实推动政府信息公开工作有序开展。\n"
    );
    for _ in 0..dice.range(4, 12) {
        let words: Vec<&str> = (0..dice.range(8, 16)).map(|_| dice.pick(&WORDS)).collect();
        text += &format!("{}{}件。\n", words.join(""), dice.range(1, 300));
    }
    text
}

/// The figures of a year that follow from those of the year before, but for the fault; whether it was done.
fn figures(
    edition: Edition,
    last: Option<(&[f64], &Form)>,
    fault: Option<Planted>,
    dice: &mut Dice,
) -> (Vec<f64>, bool) {
    let form = Form::of(edition);
    let mut figures = vec![0.0; form.cells.len()];
    let at = |table, row: &str, column: &str| form.cell(table, row, column);
    let before =
        |table, row: &str, column: &str| last.and_then(|(figures, form)| Some(figures[form.cell(table, row, column)?]));
    let mut done = false;
    // Requests.
    let outcomes: Vec<&str> = form.lines.iter().filter(|l| l.role == Role::Outcome).map(|l| l.rows[0]).collect();
    let mut totals = std::collections::BTreeMap::<&str, f64>::new();
    for (i, column) in APPLICANTS.iter().map(|c| c.key).filter(|c| *c != "total").enumerate() {
        let mut put = |row: &'static str, value: f64| {
            if let Some(cell) = at(Table::Requests, row, column) {
                figures[cell] += value;
                *totals.entry(row).or_default() += value;
            }
        };
        let carried = before(Table::Requests, "carried_out", column).unwrap_or(0.0);
        let slip = if fault == Some(Planted::Carry) && i == 0 { 2.0 } else { 0.0 };
        done |= slip > 0.0;
        let received = dice.range(0, if i == 0 { 60 } else { 4 }) as f64;
        let out = (dice.range(0, 3) as f64).min(received);
        put("received", received);
        put("carried_in", carried + slip);
        put("carried_out", out);
        let concluded = received + carried + slip - out;
        put("concluded_total", concluded);
        for _ in 0..concluded as usize {
            put(outcomes[dice.below(outcomes.len())], 1.0);
        }
    }
    for (row, total) in totals {
        figures[at(Table::Requests, row, "total").expect("a cell")] = total;
    }
    // Disputes.
    for row in ["review", "litigation_direct", "litigation_after_review"] {
        let pending = before(Table::Disputes, row, "pending").unwrap_or(0.0);
        let vanish = fault == Some(Planted::Pending) && pending > 0.0;
        done |= vanish;
        let mut sum = 0.0;
        for (i, result) in RESULTS.iter().map(|r| r.key).filter(|r| *r != "total").enumerate() {
            let value = if vanish { 0.0 } else { dice.range(0, 2) as f64 + if i == 0 { pending } else { 0.0 } };
            figures[at(Table::Disputes, row, result).expect("a cell")] = value;
            sum += value;
        }
        figures[at(Table::Disputes, row, "total").expect("a cell")] = sum;
    }
    // Disclosure without request.
    for cell in form.cells.iter().enumerate().filter(|(_, t)| t.table == Table::Proactive) {
        let (i, term) = cell;
        let past = |column: &str| before(Table::Proactive, term.row, column);
        figures[i] = match (term.row, term.column) {
            ("regulations", _) => 0.0,
            (_, "issued" | "repealed") => dice.range(0, 5) as f64,
            (_, "in_force") => {
                let now = |column| at(Table::Proactive, term.row, column).map_or(0.0, |c| figures[c]);
                let stock = past("in_force").map_or(20.0, |s| s + now("issued") - now("repealed"));
                let slip = fault == Some(Planted::Stock) && past("in_force").is_some();
                done |= slip;
                (stock + if slip { 3.0 } else { 0.0 }).max(0.0)
            }
            (_, "items_last_year") => {
                let due = past("items_last_year").zip(past("items_change")).map(|(a, b)| a + b);
                let slip = fault == Some(Planted::Items) && due.is_some() && term.row == "licensing";
                done |= slip;
                due.unwrap_or_else(|| dice.range(20, 90) as f64) + if slip { 5.0 } else { 0.0 }
            }
            (_, "items_change") => dice.range(0, 9) as f64 - 4.0,
            ("fees" | "procurement", "amount") => {
                let amount = past("amount")
                    .filter(|a| *a < 5_000.0)
                    .map_or(dice.range(20, 900) as f64 / 4.0, |a| (a * (0.7 + 0.6 * dice.unit()) * 4.0).round() / 4.0);
                let slip = fault == Some(Planted::Yuan) && past("amount").is_some_and(|a| a < 5_000.0);
                done |= slip;
                if slip { amount * 10_000.0 } else { amount }
            }
            (_, "disclosed_total") => 30.0,
            (_, "newly_made" | "newly_disclosed") => dice.range(0, 9) as f64,
            _ => dice.range(10, 900) as f64,
        };
    }
    (figures, done)
}
