//! From blocks to rows: what stands beside a row of figures is its label, and words above figures are headers.

use super::blocks::Block;
use crate::document::Frame;

/// Blocks whose middles, or first lines, differ by at most this part of the height stand in one row.
const SAME_ROW: f32 = 0.4;
/// Words of which this part of the height stands beside each other share a row of a header.
const BESIDE: f32 = 0.3;

/// Blocks beside each other, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The blocks.
    pub blocks: Vec<Block>,
    /// How far down the page its middle is.
    middle: f32,
    /// How far down the page the middle of its first line is.
    first: f32,
    /// Whether there is a figure.
    pub figures: bool,
}

impl Row {
    fn of(block: Block) -> Row {
        let (middle, first) = (block.frame.centre().1, block.first.centre().1);
        Row { figures: block.figure, blocks: vec![block], middle, first }
    }

    /// How far a block is from being in the row, in heights; the middles count before the first lines.
    fn distance(&self, block: &Block) -> Option<f32> {
        let middles = (block.frame.centre().1 - self.middle).abs() / block.height.max(0.1);
        let firsts = (block.first.centre().1 - self.first).abs() / block.height.max(0.1);
        [(middles, middles), (firsts, 1.0 + firsts)].into_iter().find(|(d, _)| *d <= SAME_ROW).map(|(_, cost)| cost)
    }

    /// Where its first figure begins.
    pub(super) fn figures_from(&self) -> Option<f32> {
        self.blocks.iter().filter(|b| b.figure).map(|b| b.frame.left).min_by(f32::total_cmp)
    }

    /// Whether words stand left of its figures.
    pub(super) fn is_labelled(&self) -> bool {
        let from = self.figures_from();
        from.is_some_and(|from| self.blocks.iter().any(|b| !b.figure && b.frame.left < from))
    }
}

/// The rows of blocks from top to bottom.
pub(super) fn rows(blocks: Vec<Block>) -> Vec<Row> {
    let (mut figures, words): (Vec<Block>, Vec<Block>) = blocks.into_iter().partition(|b| b.figure);
    // What has one line tells where the row is.
    figures.sort_by(|a, b| a.frame.centre().1.total_cmp(&b.frame.centre().1).then(a.lines.cmp(&b.lines)));
    let (single, wrapped): (Vec<Block>, Vec<Block>) = figures.into_iter().partition(|b| b.lines == 1);
    let mut rows: Vec<Row> = Vec::new();
    for block in single.into_iter().chain(wrapped) {
        place(&mut rows, block, true);
    }
    rows.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    let mut others: Vec<Row> = Vec::new();
    for block in words {
        if let Some(block) = place_near(&mut rows, block) {
            place(&mut others, block, false);
        }
    }
    others.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    rows.extend(beside(others));
    rows.sort_by(|a, b| a.middle.total_cmp(&b.middle));
    for row in &mut rows {
        row.blocks.sort_by(|a, b| a.frame.left.total_cmp(&b.frame.left));
    }
    rows
}

/// Puts a block into the row of rows that it stands in, or into a new one.
fn place(rows: &mut Vec<Row>, block: Block, figures: bool) {
    let from = rows.len().saturating_sub(if figures { usize::MAX } else { 8 });
    let near = rows[from..].iter_mut().filter_map(|r| r.distance(&block).map(|d| (d, r)));
    match near.min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, row)) => row.blocks.push(block),
        None => rows.push(Row::of(block)),
    }
}

/// Puts a block into a row of figures beside it; gives it back where there is none.
fn place_near(rows: &mut [Row], block: Block) -> Option<Block> {
    let reach = block.frame.bottom - block.frame.top;
    let from = rows.partition_point(|r| r.middle < block.frame.top - reach);
    let near = rows[from..].iter_mut().take_while(|r| r.middle <= block.frame.bottom + reach);
    let near = near.filter(|r| r.blocks.iter().all(|b| !is_over(b.frame, block.frame)));
    match near.filter_map(|r| r.distance(&block).map(|d| (d, r))).min_by(|a, b| a.0.total_cmp(&b.0)) {
        Some((_, row)) => {
            row.blocks.push(block);
            None
        }
        None => Some(block),
    }
}

/// Whether two blocks take the same place in a row.
fn is_over(a: Frame, b: Frame) -> bool {
    a.right.min(b.right) - a.left.max(b.left) > 1.0
}

/// Rows of words as one where all that one holds stands beside what the next holds: headers that are merged over rows.
fn beside(rows: Vec<Row>) -> Vec<Row> {
    let mut out: Vec<Row> = Vec::new();
    for row in rows {
        let touches = |a: &Block, b: &Block| {
            let shared = a.frame.bottom.min(b.frame.bottom) - a.frame.top.max(b.frame.top);
            shared > BESIDE * a.height.min(b.height)
        };
        let joins = |above: &Row| {
            above.blocks.iter().all(|a| row.blocks.iter().any(|b| touches(a, b)))
                && above.blocks.iter().all(|a| row.blocks.iter().all(|b| !is_over(a.frame, b.frame)))
        };
        match out.last_mut() {
            Some(above) if joins(above) => above.blocks.extend(row.blocks),
            _ => out.push(row),
        }
    }
    out
}
