//! Folding: what two writings of the same label have in common.
//!
//! Width, white space, punctuation and script (traditional or simplified) say nothing about which label is meant, so
//! they are folded away before labels are compared. Number marks in front ("三、", "（二）", "1.") are split off.

/// Traditional characters of the vocabulary, each with its simplified form at the same place of the next string.
const TRADITIONAL: &str = "減經於總計開項規範許處罰強費請類屬國機結轉辦數製發廢現責檔業來組織構訴維糾審與為區復複確認獲購額對採關書報導況體據執庫漲證務過補後內舉訪團條單貳動穩權護沒無繼續繳納詢決議係萬會員聯參準遲應產億種學術標題黨鎮鄉縣廳財衛長東門領幹訟將從當樣變賣買資訊營農戶濟環陽興寧雲龍廣連遼瀋錦貴陝漢濱島濰灣豐慶臨滄張華節蘇錫鹽揚蕪馬銅黃滬淨贛吳萊鄭駐隨婁懷湯陸羅賓蘭樂達瀘綿畢麗紅蒼渾鄧潯嶺橋莊場溝壩灘樓鋪塢義廟聖閣溫瓊凱銀藍綠鳳鶴鷹嶧潤閩縉疇倉閘儀諸齊鄒棗遠榮時間網號們設稅監貿築園鐵鐘鎖遷漣邊舊兩師圖陳劉趙楊葉謝鄔閻簡實習職問電話郵編";
const SIMPLIFIED: &str = "减经于总计开项规范许处罚强费请类属国机结转办数制发废现责档业来组织构诉维纠审与为区复复确认获购额对采关书报导况体据执库涨证务过补后内举访团条单二动稳权护没无继续缴纳询决议系万会员联参准迟应产亿种学术标题党镇乡县厅财卫长东门领干讼将从当样变卖买资讯营农户济环阳兴宁云龙广连辽沈锦贵陕汉滨岛潍湾丰庆临沧张华节苏锡盐扬芜马铜黄沪净赣吴莱郑驻随娄怀汤陆罗宾兰乐达泸绵毕丽红苍浑邓浔岭桥庄场沟坝滩楼铺坞义庙圣阁温琼凯银蓝绿凤鹤鹰峄润闽缙畴仓闸仪诸齐邹枣远荣时间网号们设税监贸筑园铁钟锁迁涟边旧两师图陈刘赵杨叶谢邬阎简实习职问电话邮编";

/// Folds one character: full width to ASCII, traditional to simplified, letters to lower case. `None` for what says
/// nothing: white space, punctuation, invisible marks.
#[inline]
pub fn fold_char(c: char) -> Option<char> {
    match c {
        '\u{4e00}'..='\u{9fff}' => Some(simplify(c)),
        '0'..='9' | 'a'..='z' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\u{0}'..='\u{2fff}' | '\u{3000}'..='\u{303f}' => match c {
            '〇' => Some(c),
            '\u{00c0}'..='\u{024f}' => Some(c),
            _ => None,
        },
        '０'..='９' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0),
        'Ａ'..='Ｚ' => char::from_u32(c as u32 - 0xfee0 + 0x20),
        '\u{f900}'..='\u{faff}' | '\u{3400}'..='\u{4dbf}' | '\u{20000}'..='\u{3ffff}' => Some(c),
        _ => None,
    }
}

/// Folds a digit or a decimal point; `None` for all else.
pub fn fold_char_or_point(c: char) -> Option<char> {
    match c {
        '.' | '．' => Some('.'),
        _ => fold_char(c).filter(char::is_ascii_digit),
    }
}

/// The first character of the main block of Chinese characters, and how many it has.
const BLOCK: usize = 0x4e00;
const MANY: usize = 0x5200;

/// The simplified form of each character of the main block: the look-up is the hottest line of the whole reading.
static SIMPLE: [u16; MANY] = {
    let mut table = [0; MANY];
    let mut at = 0;
    while at < MANY {
        table[at] = (BLOCK + at) as u16;
        at += 1;
    }
    // Characters of three bytes each, as a test makes sure.
    let (from, to) = (TRADITIONAL.as_bytes(), SIMPLIFIED.as_bytes());
    let mut at = 0;
    while at < from.len() {
        table[three(from, at) as usize - BLOCK] = three(to, at);
        at += 3;
    }
    table
};

/// The character whose three bytes begin at a place.
const fn three(bytes: &[u8], at: usize) -> u16 {
    (bytes[at] as u16 & 0x0f) << 12 | (bytes[at + 1] as u16 & 0x3f) << 6 | bytes[at + 2] as u16 & 0x3f
}

#[inline]
fn simplify(c: char) -> char {
    let simple = (c as usize).checked_sub(BLOCK).and_then(|i| SIMPLE.get(i));
    simple.and_then(|s| char::from_u32(u32::from(*s))).unwrap_or(c)
}

/// A text in which traditional characters are simplified, byte for byte in the same places.
///
/// ```
/// assert_eq!(gxbg::terms::simplified("北坡鎮 2022"), "北坡镇 2022");
/// ```
pub fn simplified(text: &str) -> String {
    text.chars().map(simplify).collect()
}

/// Folds a text into `out`, which is emptied first. A reading in brackets behind a character, "规(guī)章", is left out.
///
/// ```
/// let mut out = String::new();
/// gxbg::terms::fold(" 總 计（Ａ） ", &mut out);
/// assert_eq!(out, "总计a");
/// ```
pub fn fold(text: &str, out: &mut String) {
    out.clear();
    // Most characters are what they fold to: they go over in runs. A run begins at `kept`; what lies before it is done.
    let mut kept = 0;
    for (at, c) in text.char_indices() {
        if at < kept {
            continue;
        }
        let folded = fold_char(c);
        if folded == Some(c) {
            continue;
        }
        out.push_str(&text[kept..at]);
        out.extend(folded);
        let reading = if matches!(c, '(' | '（') { ruby(&text[at..]) } else { None };
        kept = match reading {
            Some(after) => text.len() - after.len(),
            None => at + c.len_utf8(),
        };
    }
    out.push_str(&text[kept..]);
}

/// What follows a bracket that holds only a reading in Latin letters with a tone, or nothing if it is none.
fn ruby(text: &str) -> Option<&str> {
    let mut toned = false;
    for (at, c) in text.char_indices().skip(1).take(8) {
        match c {
            ')' | '）' => return toned.then(|| &text[at + c.len_utf8()..]),
            'a'..='z' => {}
            '\u{00e0}'..='\u{01dc}' => toned = true,
            _ => return None,
        }
    }
    None
}

/// A number mark in front of a label or heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// 三、
    Chinese(u8),
    /// （三）
    Bracketed(u8),
    /// 3. or 3、
    Digit(u8),
    /// 第三部分
    Part(u8),
}

impl Mark {
    /// The number.
    pub fn number(self) -> u8 {
        match self {
            Mark::Chinese(n) | Mark::Bracketed(n) | Mark::Digit(n) | Mark::Part(n) => n,
        }
    }
}

/// Whether a folded character can be all of a number mark: a digit or a Chinese numeral.
pub fn is_numeral(c: char) -> bool {
    c.is_ascii_digit() || "一二三四五六七八九十".contains(c)
}

/// The value of a Chinese digit.
fn numeral_digit(c: char) -> Option<u8> {
    Some(match c {
        '一' => 1,
        '二' => 2,
        '三' => 3,
        '四' => 4,
        '五' => 5,
        '六' => 6,
        '七' => 7,
        '八' => 8,
        '九' => 9,
        _ => return None,
    })
}

/// The value of a Chinese numeral up to 99, and the bytes it takes.
fn numeral(text: &str) -> Option<(u8, usize)> {
    let (mut tens, mut units, mut bytes, mut seen_ten) = (0u8, None, 0usize, false);
    for c in text.chars().take(3) {
        if c == '十' && !seen_ten {
            tens = units.take().unwrap_or(1);
            seen_ten = true;
        } else if let Some(d) = numeral_digit(c).filter(|_| units.is_none()) {
            units = Some(d);
        } else {
            break;
        }
        bytes += c.len_utf8();
    }
    (bytes > 0).then(|| (tens * 10 + units.unwrap_or(0), bytes))
}

/// The value of one or two digits of either width, and the bytes they take.
fn digits(text: &str) -> Option<(u8, usize)> {
    let (mut n, mut bytes, mut many) = (0u8, 0usize, 0);
    for c in text.chars() {
        let Some(d) = fold_char(c).and_then(|c| c.to_digit(10)) else { break };
        many += 1;
        if many > 2 {
            return None;
        }
        n = n * 10 + d as u8;
        bytes += c.len_utf8();
    }
    (bytes > 0).then_some((n, bytes))
}

/// Whether a number mark may begin with a character, or white space before it; most words begin with another one.
#[inline]
pub fn may_begin_mark(c: char) -> bool {
    !('\u{4e00}'..='\u{9fff}').contains(&c) || c == '第' || c == '十' || numeral_digit(c).is_some()
}

/// Splits a number mark off the front: the mark, and what follows it.
///
/// ```
/// use gxbg::terms::{Mark, split_mark};
/// assert_eq!(split_mark("（三）不予公开"), (Some(Mark::Bracketed(3)), "不予公开"));
/// assert_eq!(split_mark("2、 上年结转"), (Some(Mark::Digit(2)), "上年结转"));
/// assert_eq!(split_mark("三安全一稳定"), (None, "三安全一稳定"));
/// ```
pub fn split_mark(text: &str) -> (Option<Mark>, &str) {
    if text.starts_with(|c| !may_begin_mark(c)) {
        return (None, text);
    }
    let start = text.trim_start();
    let open = start.strip_prefix(['(', '（', '〔', '【']);
    let body = open.unwrap_or(start).trim_start();
    let part = body.strip_prefix('第').filter(|_| open.is_none());
    let body = part.unwrap_or(body);
    let (number, bytes, chinese) = match numeral(body) {
        Some((n, b)) => (n, b, true),
        None => match digits(body) {
            Some((n, b)) => (n, b, false),
            None => return (None, start),
        },
    };
    let after = body[bytes..].trim_start();
    let rest = |s: &'static [char], text| {
        let text: &str = text;
        text.trim_start().trim_start_matches(|c: char| s.contains(&c) || c.is_whitespace())
    };
    const POINTS: &[char] = &['、', '.', '．', '。', ',', '，', ':', '：', '﹒', '·'];
    if part.is_some() {
        return match after.strip_prefix("部分").or_else(|| after.strip_prefix('章')) {
            Some(tail) => (Some(Mark::Part(number)), rest(POINTS, tail)),
            None => (None, start),
        };
    }
    if open.is_some() {
        return match after.strip_prefix([')', '）', '〕', '】']) {
            Some(tail) => (Some(Mark::Bracketed(number)), rest(POINTS, tail)),
            None => (None, start),
        };
    }
    // A closing bracket alone, "1）", is a mark as well; a decimal point with a digit behind it is none.
    let pointed = after.strip_prefix(POINTS).or_else(|| after.strip_prefix([')', '）']));
    match pointed {
        Some(tail) if chinese || !tail.starts_with(|c: char| c.is_ascii_digit()) => {
            let mark = if chinese { Mark::Chinese(number) } else { Mark::Digit(number) };
            (Some(mark), rest(POINTS, tail))
        }
        _ => (None, start),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn traditional_and_simplified_pair_up() {
        assert_eq!(TRADITIONAL.chars().count(), SIMPLIFIED.chars().count());
        for (traditional, simplified) in TRADITIONAL.chars().zip(SIMPLIFIED.chars()) {
            assert_eq!((traditional.len_utf8(), simplified.len_utf8()), (3, 3));
            assert_eq!(fold_char(traditional), Some(simplified));
        }
    }

    #[test]
    fn marks_of_every_kind() {
        for (text, mark, rest) in [
            ("一、总体情况", Some(Mark::Chinese(1)), "总体情况"),
            ("十二、其他", Some(Mark::Chinese(12)), "其他"),
            ("第六部分 其他", Some(Mark::Part(6)), "其他"),
            ("(七) 总计", Some(Mark::Bracketed(7)), "总计"),
            ("5. 要求", Some(Mark::Digit(5)), "要求"),
            ("３．其他", Some(Mark::Digit(3)), "其他"),
            ("738.35", None, "738.35"),
            ("第二十条第（一）项", None, "第二十条第（一）项"),
            ("2021年", None, "2021年"),
            ("", None, ""),
        ] {
            assert_eq!(split_mark(text), (mark, rest), "{text}");
        }
    }

    #[test]
    fn ruby_is_left_out() {
        let mut out = String::new();
        fold("规(guī)章", &mut out);
        assert_eq!(out, "规章");
        fold("收费（abc）", &mut out);
        assert_eq!(out, "收费abc");
    }
}
