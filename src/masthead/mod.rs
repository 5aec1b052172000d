//! The masthead: who reports, on which year, under which number and when.

mod dated;
mod dates;
mod name;
mod number;
mod opening;
mod squeezed;
mod title;
mod who;
mod years;

pub use who::{Resolved, resolve};

use crate::document::{Document, Span};
use crate::report::{Masthead, Open, Quote, SectionRead};
use crate::terms::masthead::{NOTICES, TRADITIONAL_CORE};
use crate::terms::{Edition, Section, simplified};

use name::{full_name, is_whole, organ_in, without_year};
use squeezed::squeezed;

/// Bytes of the text after the last section's heading in which a signature is looked for.
const TAIL: usize = 1200;
/// Bytes of a text without headings that are looked at as its opening.
const HEAD: usize = 3000;
/// Longer lines in bytes, and lines with sentences, are also read piece by piece.
const LONG: usize = 240;
/// Longest paragraph in bytes to which a line is put.
const PARAGRAPH: usize = 4000;
/// Pieces of a line that are looked at.
const PIECES: usize = 64;

/// The lines at one end of a text.
#[derive(Debug, Default)]
struct Lines {
    /// The lines that have something on them.
    lines: Vec<Span>,
    /// The same, with the lines of a broken sentence in one.
    paragraphs: Vec<Span>,
    /// The same, with long lines cut at their white space: a text may have lost its line ends.
    pieces: Vec<Span>,
}

impl Lines {
    fn of(text: &str, from: usize, to: usize) -> Lines {
        let mut out = Lines::default();
        let mut at = from;
        for end in memchr::memchr_iter(b'\n', &text.as_bytes()[from..to]).map(|i| i + from).chain([to]) {
            let span = Span::new(at, end).trim(text);
            if !span.is_empty() {
                out.lines.push(span);
                out.cut(text, span);
                out.join(text, span);
            }
            at = end + 1;
            if at > to {
                break;
            }
        }
        out
    }

    /// Puts a line to the paragraph before it where that is prose and not at its end.
    fn join(&mut self, text: &str, line: Span) {
        let open = |last: &&mut Span| {
            let words = last.of(text);
            let last_line = words.rfind('\n').map_or(words, |at| &words[at..]);
            words.len() < PARAGRAPH
                && last_line.contains(['，', '。', '《', '；', '、', ','])
                && !last_line.ends_with(['。', '：', ':', '！', '；', '.'])
        };
        match self.paragraphs.last_mut().filter(open) {
            Some(last) => last.end = line.end,
            None => self.paragraphs.push(line),
        }
    }

    fn cut(&mut self, text: &str, line: Span) {
        let words = line.of(text);
        if words.len() <= LONG && !words.contains('。') {
            self.pieces.push(line);
            return;
        }
        let start = line.start as usize;
        for piece in words.split_whitespace().take(PIECES) {
            let at = piece.as_ptr() as usize - words.as_ptr() as usize;
            self.pieces.push(Span::new(start + at, start + at + piece.len()));
        }
    }
}

/// Reads the masthead of a text with its sections.
pub fn masthead(document: &Document, sections: &[SectionRead]) -> Masthead {
    let text = document.text.as_str();
    let head = &text.as_bytes()[..text.len().min(HEAD)];
    if memchr::memmem::find(head, TRADITIONAL_CORE.as_bytes()).is_none() {
        return read(text, document, sections);
    }
    // The vocabulary and the table of divisions are simplified; each character keeps its place.
    let simple = simplified(text);
    let mut out = read(&simple, document, sections);
    let original = |name: &str| simple.find(name).and_then(|at| text.get(at..at + name.len())).map(str::to_owned);
    for quote in [&mut out.title, &mut out.issuer_as_written, &mut out.document_number].into_iter().flatten() {
        quote.text = original(&quote.text).unwrap_or_else(|| std::mem::take(&mut quote.text));
    }
    // A place that the table does not have may be one whose characters the list of pairs lacks.
    if out.identity.open == Some(Open::Unknown) {
        out.issuer = None;
    }
    out
}

fn read(text: &str, document: &Document, sections: &[SectionRead]) -> Masthead {
    let mut head_end = sections.first().map_or(text.len().min(HEAD), |s| s.heading.start as usize).min(2 * HEAD);
    while !text.is_char_boundary(head_end) {
        head_end -= 1;
    }
    let mut tail_start = text.len().saturating_sub(TAIL).max(sections.last().map_or(0, |s| s.heading.end as usize));
    while !text.is_char_boundary(tail_start) {
        tail_start += 1;
    }
    let head = Lines::of(text, 0, head_end);
    let tail = Lines::of(text, tail_start, text.len());
    let overview = sections.iter().find(|s| s.section == Section::Overview);
    let overview = overview.map_or(Span::default(), |s| Span { start: s.heading.end, end: s.span.end });
    let mut out = Masthead::default();
    entitled(text, &head, &mut out);
    opening::opening(text, &head.paragraphs, &mut out);
    let nameless = out.issuer_as_written.is_none();
    let speaks = nameless.then(|| opening::speaks_of_itself(&text[..head_end], overview.of(text))).flatten();
    opening::signature(text, &head, &tail, speaks, &mut out);
    dated::dates_and_number(text, &head, &tail, &mut out);
    years::years(text, &head.lines, sections, &mut out);
    out.cited = cited(&text[..head_end]);
    who::settle_issuer(text, &document.site, &head, &tail.lines, overview, speaks, &mut out);
    out
}

/// What the title says, and the lines beside it: name and year may stand on a line of their own above or below.
fn entitled(text: &str, head: &Lines, out: &mut Masthead) {
    let lines = &head.pieces;
    let Some(title) = title::title(text, lines) else { return };
    out.title = Some(title.quote);
    out.year = title.year;
    out.issuer_as_written = title.name;
    out.published_on = title.dated;
    let is_column = title.is_column;
    let (first, behind) = title.lines;
    for at in [first.checked_sub(1), Some(behind), first.checked_sub(2)].into_iter().flatten() {
        let Some(other) = lines.get(at) else { continue };
        let line = squeezed(other.of(text));
        if line.chars().count() > 40 || line.contains(['，', '。', '：', ':', '>']) {
            continue;
        }
        if out.year.is_none() {
            out.year = dates::first_year(&line).filter(|_| dates::first_date(&line).is_none()).map(|y| y.0);
        }
        if out.issuer_as_written.is_none()
            && let Some(name) = organ_in(&without_year(&line)).filter(|n| is_whole(n, out.year))
        {
            out.issuer_as_written = Some(Quote { text: name, span: *other });
        }
    }
    if is_column && out.year.is_none() && out.issuer_as_written.is_none() {
        out.title = None;
    }
    out.years_named.extend(out.year.map(|year| ("title", year)));
}

/// The editions whose notice is cited.
fn cited(text: &str) -> Vec<Edition> {
    NOTICES
        .iter()
        .filter(|(_, year, number)| {
            memchr::memmem::find_iter(text.as_bytes(), number.as_bytes()).any(|at| {
                let before: String = text[..at].chars().rev().take(6).collect();
                let before: String = before.chars().rev().collect();
                before.contains(year) && !before.ends_with(|c: char| c.is_ascii_digit())
            })
        })
        .map(|(edition, ..)| *edition)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Masthead {
        let document = Document::of_text("text", "utf-8", text.to_owned());
        masthead(&document, &crate::prose::outline(text))
    }

    #[test]
    fn issuer_and_year_wherever_they_stand() {
        for (text, issuer, year) in [
            ("章古台镇 2021 年度政府信息公开工作报告\n一、总体情况\n甲", "章古台镇人民政府", 2021),
            (
                "政府信息公开工作年度报告\n康庄镇人民政府\n（2021年1月20日）\n一、总体情况\n2020年，甲",
                "康庄镇人民政府",
                2020,
            ),
            ("根据规定,现公布玉潭镇人民政府2021年政府信息公开工作年度报告。\n一、总体情况\n甲", "玉潭镇人民政府", 2021),
            ("要求，现就千户镇2021年政府信息公开工作报告如下。\n一、总体情况\n甲", "千户镇人民政府", 2021),
            ("郎溪县财政局\n2022年政府信息公开工作年度报告\n一、总体情况\n甲", "郎溪县财政局", 2022),
            ("关于青禾镇2019年度政府信息公开工作年度报告\n一、总体情况\n甲", "青禾镇人民政府", 2019),
        ] {
            let m = head(text);
            assert_eq!((m.issuer.as_deref(), m.year), (Some(issuer), Some(year)), "{text}");
        }
    }

    #[test]
    fn numbers_and_dates() {
        let m = head(
            "柱政发〔2024〕3号\n柱濮镇2023年政府信息公开工作年度报告\n根据国办公开办函〔2021〕30号\n一、总体情况\n甲\n六、其他需要报告的事项\n无\n2024年1月24日印发",
        );
        assert_eq!(m.document_number.map(|q| q.text).as_deref(), Some("柱政发〔2024〕3号"));
        assert_eq!(m.published_on.map(|d| d.0.to_string()).as_deref(), Some("2024-01-24"));
        assert_eq!(m.cited, vec![Edition::Of2021]);
    }
}
