//! Shows the tables of files as they were decoded: what told their cells apart, and each row with the extents of its cells.
//!
//! ```text
//! cargo run --example grids -- FILE...
//! ```
//!
//! A cell is `left+width:text`; a break in it is shown as `⏎`.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a program for people, which stops at the first surprise")]

use gxbg::decode::decode;
use gxbg::document::Block;

fn main() {
    for path in std::env::args().skip(1) {
        println!("# {path}");
        let document = match decode(&std::fs::read(&path).unwrap()) {
            Ok(document) => document,
            Err(failure) => {
                println!("failed: {failure}");
                continue;
            }
        };
        for block in &document.blocks {
            match block {
                Block::Text(span) => span.of(&document.text).lines().for_each(|line| println!("text\t{line}")),
                Block::Grid(grid) => {
                    println!("grid\t{:?}", grid.origin);
                    for row in &grid.rows {
                        let shown = row.iter().map(|cell| {
                            let text = cell.span.of(&document.text).replace('\n', "⏎");
                            format!("{}+{}:{text}", cell.column, cell.width)
                        });
                        println!("row\t{}", shown.collect::<Vec<_>>().join("\t"));
                    }
                }
            }
        }
    }
}
