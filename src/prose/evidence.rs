//! Whether a document is a disclosure report at all, and not one of its neighbours: a notice with the blank form
//! attached, a report on the rule of law, a regulation, statistics of enforcement, the accounts of a government.

use std::sync::LazyLock;

use crate::document::Span;
use crate::report::SectionRead;
use crate::terms::evidence::{ABOUT_THE_FORM, NOTICE_ENDINGS, OTHER_SUBJECTS, REASONS, SUBJECT, TITLE_ENDINGS};
use crate::terms::{AnyOf, Section, Table, fold};

/// Lines with figures that no other document has by chance.
const FIGURES: usize = 3;
/// Lines of the opening in which a document has its title.
const OPENING: usize = 20;
/// Characters of the longest title.
const LONGEST: usize = 80;

static OF_THE_SUBJECT: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(SUBJECT));

/// What was found in a document that speaks for a report.
#[derive(Debug, Clone, Copy)]
pub struct Evidence<'a> {
    /// The text.
    pub text: &'a str,
    /// The sections.
    pub sections: &'a [SectionRead],
    /// The line with the title of a disclosure report.
    pub title: Option<Span>,
    /// For each table of the form, in its order, how many lines have a figure.
    pub figures: [usize; Table::ALL.len()],
}

impl Evidence<'_> {
    /// Whether the document is a disclosure report: figures in lines that only its form has, or its own chapters. A form
    /// without any figure is one if it stands under a title of its own.
    pub fn is_report(&self) -> bool {
        let [proactive, requests, disputes] = self.figures;
        // Nobody else counts requests by who asked and how it ended.
        if requests >= FIGURES {
            return true;
        }
        let figures = proactive + requests + disputes;
        match self.heading() {
            // Menus and quotations look like titles: against all three chapters of the form they say nothing.
            Heading::Other => self.own_sections() == 3,
            Heading::AboutTheForm => figures >= FIGURES && self.title.is_some(),
            Heading::None => {
                let own = self.own_sections();
                own >= 2 || (figures >= FIGURES || own == 1 && self.sections.len() >= 3) && self.is_on_the_subject()
            }
            Heading::Own => figures > 0 || self.sections.len() >= 2,
        }
    }

    /// Whether it speaks of disclosure at all, in whatever characters.
    fn is_on_the_subject(&self) -> bool {
        let mut folded = String::new();
        OF_THE_SUBJECT.is_in(self.text) || {
            fold(self.text, &mut folded);
            OF_THE_SUBJECT.is_in(&folded)
        }
    }

    /// Chapters that only a disclosure report has. An overview, problems and other matters are in any report.
    fn own_sections(&self) -> usize {
        let own = |s: &&SectionRead| matches!(s.section, Section::Proactive | Section::Requests | Section::Disputes);
        self.sections.iter().filter(own).count()
    }

    /// The title that stands first.
    fn heading(&self) -> Heading {
        let first = self.sections.first().map_or(self.text.len(), |s| s.heading.start as usize);
        let head = self.text.get(..first).unwrap_or(self.text);
        let (mut at, mut lines) = (0, 0);
        for line in head.split('\n') {
            let own = at..at + line.len() + 1;
            at = own.end;
            if line.trim().is_empty() {
                continue;
            }
            if self.title.is_some_and(|t| own.contains(&(t.start as usize))) && !is_about_the_form(line) {
                return Heading::Own;
            }
            if is_about_the_form(line) {
                return Heading::AboutTheForm;
            }
            // Menus name other documents: without an own title below, the words of one count.
            if self.title.is_none() && is_other(line) {
                return Heading::Other;
            }
            lines += 1;
            if lines == OPENING {
                break;
            }
        }
        if self.title.is_some() { Heading::Own } else { Heading::None }
    }
}

/// What a document says that it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Heading {
    /// A disclosure report.
    Own,
    /// A notice on its form.
    AboutTheForm,
    /// Another document.
    Other,
    /// Nothing.
    None,
}

/// A line without what stands around a title.
fn plain(line: &str) -> Option<String> {
    // Four bytes a character, and as much white space.
    if line.len() > LONGEST * 8 {
        return None;
    }
    let line: String = line.chars().filter(|c| !c.is_whitespace()).collect();
    let is_short = line.chars().take(LONGEST + 1).count() <= LONGEST;
    (!line.is_empty() && is_short && !line.contains(['。', '；', '|', '>'])).then_some(line)
}

fn ends_with_any(line: &str, endings: &[&str]) -> bool {
    let line = line.trim_end_matches(['》', '）', ')', '：', ':', '”']);
    endings.iter().any(|e| line.ends_with(e))
}

fn is_about_the_form(line: &str) -> bool {
    plain(line).is_some_and(|l| {
        l.contains(SUBJECT[0]) && ends_with_any(&l, NOTICE_ENDINGS) && ABOUT_THE_FORM.iter().any(|w| l.contains(w))
    })
}

fn is_other(line: &str) -> bool {
    let quotes = |l: &str| REASONS.iter().any(|r| l.starts_with(r));
    plain(line).is_some_and(|l| {
        !quotes(&l) && ends_with_any(&l, TITLE_ENDINGS) && OTHER_SUBJECTS.iter().any(|w| l.contains(w))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::outline;

    /// Whether a text with so many lines with figures is a report; `title` is a line of it.
    fn judged(text: &str, title: Option<&str>, figures: [usize; 3]) -> bool {
        let title = title.map(|t| text.find(t).map(|at| Span::new(at, at + t.len())).expect("a line of the text"));
        Evidence { text, sections: &outline(text), title, figures }.is_report()
    }

    const FORM: &str = "二、主动公开政府信息情况\n规章\n三、收到和处理政府信息公开申请情况\n总计\n四、政府信息公开行政复议、行政诉讼情况\n总计\n\
                        五、存在的主要问题及改进情况\n无\n六、其他需要报告的事项\n无\n";

    #[test]
    fn a_form_without_figures_is_a_report_under_its_own_title_alone() {
        let notice = "国务院办公厅关于印发《政府信息公开工作年度报告格式》的通知\n各省：\n";
        let own = "银杏树镇2021年政府信息公开工作年度报告";
        let of = |head: &str, title| judged(&format!("{head}\n一、总体情况\n公开信息3条。\n{FORM}"), title, [0; 3]);
        assert!(of(own, Some(own)));
        assert!(of("", None), "the chapters of the form, and nothing that says otherwise");
        assert!(!of(notice, None));
        let both = format!("{notice}（单位名称）2021年政府信息公开工作年度报告");
        assert!(!of(&both, Some("（单位名称）2021年政府信息公开工作年度报告")));
        // A report that is sent out by a notice.
        let sent = "关于印发银杏树镇2021年政府信息公开工作年度报告的通知";
        assert!(of(&format!("{sent}\n{own}"), Some(own)));
    }

    #[test]
    fn other_reports_of_governments_are_none() {
        let chapters = "\n一、总体情况\n甲\n二、存在的主要问题及改进情况\n乙\n三、其他需要报告的事项\n无";
        for title in [
            "临桐县2023年法治政府建设年度报告",
            "临桐县2023年建议提案办理情况报告",
            "2023年度临桐县财政决算公开",
            "2023年政务公开工作要点",
            "临桐县2023年行政执法统计年报",
        ] {
            assert!(!judged(&format!("{title}{chapters}"), None, [0; 3]), "{title}");
            assert!(!judged(&format!("{title}{chapters}"), None, [4, 0, 0]), "{title}");
        }
        assert!(!judged("行政许可\n120\n行政处罚\n530\n行政强制\n12\n行政事业性收费\n1.2", None, [4, 0, 0]));
        assert!(!judged("中华人民共和国政府信息公开条例\n第一章 总则\n主动公开情况\n依申请公开情况\n", None, [0; 3]));
    }

    #[test]
    fn tables_alone_and_prose_alone_are_reports() {
        assert!(judged("总计\n1\n2", None, [0, 3, 0]));
        assert!(judged("信息內容 本年處理決定數量\n行政許可 1 信息公開", None, [3, 0, 0]));
        assert!(judged("信息内容 本年处理决定数量\n行政许可 1\n行政处罚 2\n行政强制 3", None, [3, 0, 0]));
        let title = "2016年绍兴市越城区东浦镇政府信息公开年报";
        let text = format!("{title}\n一、主动公开政府信息情况\n公开915条。\n二、依申请公开政府信息情况\n受理1件。");
        assert!(judged(&text, Some(title), [0; 3]));
        // The menu of a site names its neighbours.
        let page = format!("首页\n法治政府建设年度报告\n决算公开\n{text}");
        assert!(judged(&page, Some(title), [0; 3]));
    }
}
