//! The vocabulary of the reports: the only room with Chinese in it.
//!
//! Everything here is data in the order of the official form: editions, sections, tables, lines, columns, the glyphs
//! that stand for nothing, the words of a masthead and the rules. Codes (`key`) are the public vocabulary.

mod any_of;
mod edition;
pub mod evidence;
mod folding;
mod form;
pub mod glyphs;
mod labels;
mod likeness;
mod lines;
pub mod masthead;
pub mod organs;
mod panel;
pub mod places;
pub mod portal;
mod radicals;
mod rates;
pub mod rules;
mod section;
pub mod statements;
mod statutory;

pub use any_of::AnyOf;
pub use edition::Edition;
pub use folding::{Mark, fold, fold_char, fold_char_or_point, is_numeral, may_begin_mark, simplified, split_mark};
pub use form::{CellTerm, ColumnTerm, Form, GROUPS, Group, LineTerm, Measure, Role, Table, year_shift};
pub use labels::{CUES, Header, Labels, LineKey, Meaning, may_hold_cue};
pub use likeness::distance;
pub use lines::{APPLICANTS, DISPUTE_ROWS, RESULTS};
pub use panel::{PanelColumn, panel_columns};
pub use radicals::unradical;
pub use rates::{Count, Part, RATES, Rate};
pub use section::{MARK_END, SECTIONS, Section, SectionTerm, section_number};
pub use statutory::{STATUTORY, is_han};
