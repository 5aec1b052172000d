//! Sentences marked by hand, and how much of the marks a reading gives back.

use gxbg::report::{Notation, Period, Scope, Standing, Statement};

/// The sets with their names: sentences marked before and while the reading was written; those set aside until the words
/// were settled; those by another hand, most of them never mended for.
pub(crate) const SETS: [(&str, &str); 3] = [
    ("marked", include_str!("../statements/marked.tsv")),
    ("set aside", include_str!("../statements/heldout.tsv")),
    ("by another hand", include_str!("../statements/later.tsv")),
];

/// The year of the report that every sentence is put into.
const YEAR: i16 = 2021;

/// A sentence with what it states.
#[derive(Debug)]
pub(crate) struct Sentence {
    pub(crate) section: String,
    pub(crate) text: String,
    pub(crate) marks: Vec<String>,
}

/// Marks found, missed, and found where there is none.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Score {
    pub(crate) sentences: usize,
    pub(crate) right: usize,
    pub(crate) missed: usize,
    pub(crate) invented: usize,
}

impl Score {
    pub(crate) fn precision(self) -> f64 {
        self.right as f64 / (self.right + self.invented).max(1) as f64
    }

    pub(crate) fn recall(self) -> f64 {
        self.right as f64 / (self.right + self.missed).max(1) as f64
    }
}

/// The sentences of a file: section, sentence and marks, parted by tabs.
pub(crate) fn sentences(table: &str) -> Vec<Sentence> {
    let lines = table.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty());
    let sentence = |line: &str| {
        let mut fields = line.split('\t').map(str::trim);
        let mut field = || fields.next().unwrap_or_default().to_owned();
        let (section, text, marks) = (field(), field(), field());
        let marks = marks.split(';').map(|m| m.split_whitespace().collect::<Vec<_>>().join(" "));
        Sentence { section, text, marks: marks.filter(|m| !m.is_empty()).collect() }
    };
    lines.map(sentence).collect()
}

/// The report that a sentence is put into.
fn report(sentence: &Sentence) -> String {
    let body = |section: &str| if section == sentence.section { sentence.text.as_str() } else { "" };
    format!(
        "柳河镇{YEAR}年政府信息公开工作年度报告\n一、总体情况\n{}\n二、主动公开政府信息情况\n{}\n三、收到和处理政府信息公开申请情况\n{}\n\
         四、政府信息公开行政复议、行政诉讼情况\n{}\n五、存在的主要问题及改进情况\n{}\n六、其他需要报告的事项\n{}\n",
        body("overview"),
        body("proactive"),
        body("requests"),
        body("disputes"),
        body("problems"),
        body("other")
    )
}

/// What is read of a sentence, in the writing of the marks.
pub(crate) fn read(sentence: &Sentence) -> Vec<String> {
    let text = report(sentence);
    let document = gxbg::decode::decode(text.as_bytes()).expect("a text decodes");
    let report = gxbg::recognize::recognize(&document).expect("a report with all sections");
    assert_eq!(report.masthead.year, Some(YEAR), "{}", sentence.text);
    report.statements.iter().map(mark).collect()
}

/// A statement in the writing of the marks.
fn mark(s: &Statement) -> String {
    mark_in(s, YEAR)
}

/// The same in a report on a year.
pub(crate) fn mark_in(s: &Statement, year: i16) -> String {
    let mut out = format!("{} {}", s.number, s.metric.map_or("-", |m| m.key()));
    let mut add = |word: &str| {
        out.push(' ');
        out.push_str(word);
    };
    if let Some(q) = s.qualifier {
        add(q.key());
    }
    match s.standing {
        Standing::Whole => {}
        Standing::Part(None) if s.scope == Scope::Own => add("own"),
        Standing::Part(_) => add("p"),
        Standing::Share(_) => add("s"),
        Standing::Change => add("c"),
        Standing::Narrow => add("o"),
    }
    match s.period {
        Period::Reported => {}
        Period::Year(y) if y == year - 1 => add("y-1"),
        Period::Year(y) if y == year + 1 => add("y+1"),
        Period::Year(_) | Period::Part | Period::Cumulative | Period::Unclear => add("y?"),
    }
    if s.notation == Notation::Words {
        add("w");
    }
    out
}

/// The marks of a sentence against what is read; both are taken as bags of words in order.
pub(crate) fn compare(sentence: &Sentence) -> (Score, Vec<String>, Vec<String>) {
    let sorted = |m: &String| {
        let mut words: Vec<&str> = m.split(' ').collect();
        if let Some(rest) = words.get_mut(2..) {
            rest.sort_unstable();
        }
        words.join(" ")
    };
    let mut want: Vec<String> = sentence.marks.iter().map(sorted).collect();
    let mut invented = Vec::new();
    let mut right = 0;
    for got in read(sentence).iter().map(sorted) {
        match want.iter().position(|w| *w == got) {
            Some(at) => {
                want.remove(at);
                right += 1;
            }
            None => invented.push(got),
        }
    }
    let score = Score { sentences: 1, right, missed: want.len(), invented: invented.len() };
    (score, want, invented)
}

/// The score over all sentences; `complain` sees each that is not read as marked.
pub(crate) fn score(sentences: &[Sentence], mut complain: impl FnMut(&Sentence, &[String], &[String])) -> Score {
    let mut total = Score::default();
    for sentence in sentences {
        let (score, missed, invented) = compare(sentence);
        if score.missed + score.invented > 0 {
            complain(sentence, &missed, &invented);
        }
        total.sentences += 1;
        total.right += score.right;
        total.missed += score.missed;
        total.invented += score.invented;
    }
    total
}
