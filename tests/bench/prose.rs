//! The report around its tables: title, introduction, six headings, and prose full of numbers and of words of labels.

use super::dice::Dice;
use super::ledger::{Ledger, Scale};
use gxbg::terms::{Edition, Form, SECTIONS, Section, Table};

/// Who publishes, and for which year.
#[derive(Debug, Clone)]
pub(crate) struct Masthead {
    pub(crate) issuer: &'static str,
    /// How the issuer names itself in the title.
    pub(crate) short: &'static str,
    pub(crate) year: i16,
}

const TOWNSHIPS: [(&str, &str); 4] = [
    ("章古台镇人民政府", "章古台镇"),
    ("玉潭镇人民政府", "玉潭镇人民政府"),
    ("廿三里街道办事处", "廿三里街道办事处"),
    ("柱濮镇人民政府", "柱濮镇"),
];
const COUNTIES: [(&str, &str); 3] =
    [("郎溪县财政局", "郎溪县财政局"), ("秦安县人民政府", "秦安县"), ("彰武县教育局", "彰武县教育局")];
const CITIES: [(&str, &str); 3] = [
    ("上海市人民政府办公厅", "上海市人民政府办公厅"),
    ("吕梁市人民政府", "吕梁市"),
    ("聊城市人民政府", "聊城市人民政府"),
];

impl Masthead {
    pub(crate) fn roll(edition: Edition, scale: Scale, dice: &mut Dice) -> Masthead {
        let names: &[(&str, &str)] = match scale {
            Scale::Township => &TOWNSHIPS,
            Scale::County => &COUNTIES,
            Scale::City => &CITIES,
        };
        let (issuer, short) = names[dice.below(names.len())];
        let year = match edition {
            Edition::Of2019 => 2019 + dice.below(2) as i16,
            Edition::Of2021 => 2021 + dice.below(4) as i16,
        };
        Masthead { issuer, short, year }
    }
}

/// The marks of headings; the mark of the first.
const HEADINGS: [(&str, f64); 6] =
    [("一、", 0.8), ("（一）", 0.04), ("1. ", 0.04), ("第一部分 ", 0.04), ("一.", 0.04), ("", 0.04)];

/// The whole report as text.
pub(crate) fn compose(masthead: &Masthead, ledger: &Ledger, tables: [String; 3], dice: &mut Dice) -> String {
    let Masthead { issuer, short, year } = masthead;
    let mut writer = Writer { ledger, year: *year, dice, airy: false };
    writer.airy = writer.dice.chance(0.5);
    let mut text = String::new();
    if !writer.dice.chance(0.06) {
        let title =
            writer.dice.pick(&["政府信息公开工作年度报告", "政府信息公开工作报告", "年政府信息公开工作年度报告"]);
        let title = title.trim_start_matches('年');
        let year = writer.dice.pick(&["{}年", "{} 年", "{}年度"]).replace("{}", &year.to_string());
        text += &format!("{short}{year}{title}\n\n");
    }
    if writer.dice.chance(0.6) {
        text += &writer.introduction(issuer);
    }
    let style = writer.dice.weighted(&HEADINGS);
    let mut tables = tables.into_iter();
    for term in &SECTIONS {
        let words = if writer.dice.chance(0.15) { writer.dice.pick(term.aliases) } else { term.label };
        let bookmark = if writer.dice.chance(0.02) { "[bookmark: _GoBack]" } else { "" };
        text += &format!("{bookmark}{}{words}\n", super::words::mark(style, term.section as usize + 1));
        let has_table = matches!(term.section, Section::Proactive | Section::Requests | Section::Disputes);
        let spoken = if !has_table {
            1.0
        } else if term.section == Section::Disputes {
            0.1
        } else {
            0.3
        };
        if writer.dice.chance(spoken) {
            text += &writer.body(term.section);
        }
        if has_table {
            if writer.airy {
                text.push('\n');
            }
            text += &tables.next().unwrap_or_default();
            text += writer.dice.pick(&["", "\n", "\n\n"]);
        }
    }
    text
}

struct Writer<'a> {
    ledger: &'a Ledger,
    year: i16,
    dice: &'a mut Dice,
    airy: bool,
}

impl Writer<'_> {
    /// A figure of the ledger, or now and then any other.
    fn n(&mut self, table: Table, row: &str, column: &str) -> String {
        let form = Form::of(self.ledger.edition);
        match form.cell(table, row, column) {
            Some(cell) if !self.dice.chance(0.2) => format!("{}", self.ledger.figures[cell]),
            _ => self.dice.range(0, 180).to_string(),
        }
    }

    fn asked(&mut self, row: &str) -> String {
        self.n(Table::Requests, row, "total")
    }

    fn end(&self, line: String) -> String {
        format!("{line}\n{}", if self.airy { "\n" } else { "" })
    }

    fn introduction(&mut self, issuer: &str) -> String {
        let year = self.year;
        let mut text = self.end(format!(
            "根据《中华人民共和国政府信息公开条例》规定，现公布{issuer}{year}年政府信息公开工作年度报告。本报告包括总体情况，\
             主动公开政府信息情况，收到和处理政府信息公开申请情况，政府信息公开行政复议、行政诉讼情况，存在的主要问题及改进情况，\
             其他需要报告的事项等六个部分。"
        ));
        if self.dice.chance(0.5) {
            text += &self.end(format!(
                "本年度报告中所列数据的统计期限自{year}年1月1日起至{year}年12月31日止。如有疑问，请与办公室联系（电话：0938—6381001）。"
            ));
        }
        text
    }

    fn body(&mut self, section: Section) -> String {
        let year = self.year;
        let mut lines = Vec::new();
        match section {
            Section::Overview => {
                lines.push(format!(
                    "{year}年，我单位坚持以公开为常态、不公开为例外，扎实推动政府信息公开工作有序开展。"
                ));
                let posts = self.dice.range(3, 900);
                lines.push(format!(
                    "（一）主动公开。全年通过门户网站公开政务信息{posts}条，微信公众号发布信息{}条。",
                    posts / 2
                ));
                let (received, granted) = (self.asked("received"), self.asked("granted"));
                lines.push(format!(
                    "（二）依申请公开。{year}年共收到政府信息公开申请{received}件，其中予以公开{granted}件，部分公开{}件，\
                     不予公开{}件，均按时答复。",
                    self.asked("partly_granted"),
                    self.dice.range(0, 9),
                ));
                lines.push(
                    "（三）政府信息管理。做到“先审查、后公开”，不予公开的说明理由，无法提供的告知申请人。".into(),
                );
                lines.push("（四）平台建设。".into());
                lines.push("按照上级部门的规范要求，行政许可、行政处罚、行政强制等信息及时公开，行政事业性收费目录清单动态调整。".into());
            }
            Section::Proactive => {
                let licensing = self.n(Table::Proactive, "licensing", "decisions");
                let penalties = self.n(Table::Proactive, "penalties", "decisions");
                let issued = self.n(Table::Proactive, "normative_documents", "issued");
                lines.push(format!("全年作出行政许可{licensing}件，行政处罚{penalties}件，行政强制0件。"));
                lines.push(format!(
                    "规范性文件方面，{year}年制发行政规范性文件{issued}件，现行有效12件，具体情况如下表。"
                ));
            }
            Section::Requests => {
                let (received, carried) = (self.asked("received"), self.asked("carried_in"));
                lines.push(format!(
                    "{year}年，本年新收政府信息公开申请{received}件，上年结转{carried}件，结转下年度继续办理{}件。",
                    self.asked("carried_out")
                ));
                lines.push(
                    "自然人申请占85.7%，商业企业申请占14.3%，其他法人或其他组织没有提出申请，总计情况见下表。".into(),
                );
            }
            Section::Disputes => {
                lines.push(format!(
                    "{year}年因政府信息公开被申请行政复议{}件，结果维持3件；行政诉讼{}件。",
                    self.n(Table::Disputes, "review", "total"),
                    self.n(Table::Disputes, "litigation_direct", "total"),
                ));
            }
            Section::Problems => {
                lines.push("（一）存在的主要问题".into());
                lines.push(
                    "1.公开信息质量还有待提高。2.信息公开有待进一步制度化、规范化。3.政策解读的数量不足10条。".into(),
                );
                lines.push("（二）改进情况".into());
                lines.push(format!("{}年，我们将主动公开政府信息，依法处理政府信息公开申请。", year + 1));
            }
            Section::Other => {
                lines.push(match self.dice.below(3) {
                    0 => "无。".into(),
                    1 => format!("本机关{year}年度未收取政府信息公开信息处理费。"),
                    _ => format!("{year}年本单位收取信息处理费0元，无其他需要报告的事项。"),
                });
            }
        }
        lines.into_iter().map(|line| self.end(line)).collect()
    }
}
