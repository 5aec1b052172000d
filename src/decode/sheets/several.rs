//! Whether a workbook is one report or has one on each sheet.

use rustc_hash::FxHashSet;

use super::{Workbook, layout};
use crate::decode::compose::{self, Part, is_heading};
use crate::decode::{Contents, panel};
use crate::document::{Document, Origin};
use crate::error::Failure;
use crate::terms::{Labels, SECTIONS, fold, fold_char, split_mark};

/// Characters of the longest cell that can be a label or a heading.
const LABEL: usize = 90;

/// The reports of a workbook: one, or where two sheets hold the same section or the same table, one on each sheet.
pub(super) fn contents(workbook: Workbook, format: &'static str, bytes: usize) -> Result<Contents, Failure> {
    let Workbook { sheets, budget, .. } = workbook;
    let mut cells = budget.cells;
    let mut read: Vec<(String, Vec<Part>)> = Vec::new();
    for sheet in sheets.into_iter().filter(|s| !s.is_hidden) {
        budget.time()?;
        let name = sheet.name.clone();
        let parts = layout::parts(sheet, &budget, &mut cells)?;
        if !parts.is_empty() {
            read.push((name, parts));
        }
    }
    let document = |parts: &[Part]| -> Result<Document, Failure> {
        let document = compose::document(parts, Origin::Markup, format, "utf-8");
        panel::refuse(&document).map(|()| document)
    };
    if are_several(&read) {
        return Ok(Contents::Several(read.into_iter().map(|(name, parts)| (name, document(&parts))).collect()));
    }
    let parts: Vec<Part> = read.into_iter().flat_map(|(_, parts)| parts).collect();
    match parts.is_empty() {
        true => Err(Failure::Empty { bytes: bytes as u64 }),
        false => document(&parts).map(Contents::One),
    }
}

/// What of the form a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Trait {
    /// The heading of a section, by its place in the form.
    Section(usize),
    /// The label of a line, by its key.
    Line(u8),
}

fn are_several(sheets: &[(String, Vec<Part>)]) -> bool {
    let mut seen: FxHashSet<Trait> = FxHashSet::default();
    let mut again = 0;
    for (_, parts) in sheets {
        let own = traits(parts);
        again += usize::from(own.iter().filter(|t| seen.contains(t)).count() >= 2);
        seen.extend(own);
    }
    again > 0
}

fn traits(parts: &[Part]) -> FxHashSet<Trait> {
    let mut found = FxHashSet::default();
    let mut folded = String::new();
    for part in parts {
        match part {
            Part::Lines(lines) => lines.lines().for_each(|l| note(l, &mut folded, &mut found)),
            Part::Table(table) => {
                let cells = table.rows.iter().flatten().flat_map(|c| &c.parts);
                for part in cells {
                    if let Part::Lines(text) = part {
                        note(text, &mut folded, &mut found);
                    }
                }
            }
        }
    }
    found
}

fn note(text: &str, folded: &mut String, found: &mut FxHashSet<Trait>) {
    if text.len() > LABEL * 3 {
        return;
    }
    let is_section = is_heading(text, folded);
    let (_, label) = split_mark(text.trim());
    fold(label, folded);
    if is_section {
        let same = |words: &str| words.chars().filter_map(fold_char).eq(folded.chars());
        let at = SECTIONS.iter().position(|s| same(s.label) || s.aliases.iter().any(|a| same(a)));
        found.extend(at.map(Trait::Section));
    } else if let Some(line) = Labels::get().exact(folded).and_then(|m| m.line) {
        found.insert(Trait::Line(line.0));
    }
}
