//! Files of Word whose pages of character runs are fuller than `office_oxide` 0.1.16 reads: it takes pages of at most 63
//! runs, the format has up to 101 ("ChpxFkp"). What such a page says of its characters, that they are deleted or struck
//! among it, would be lost. The pages are parted, and the container is written anew.

use std::io::Cursor;

use office_oxide::cfb::CfbReader;

/// The main stream.
pub(super) const MAIN: &str = "WordDocument";
/// Bytes of a page of runs, and of a sector.
const PAGE: usize = 512;
/// Runs of a page that the library reads, and those of the format.
const READ: usize = 63;
const MOST: usize = 101;
/// Where the main stream tells which other one has the tables, and where the table of pages is in it.
const FLAGS: usize = 0x0a;
const PAGES: usize = 0xfa;
/// Smaller streams would stand in a stream of their own.
const SMALLEST: usize = 4_096;
/// Sectors of the table of sectors that a header has room for, and sectors that one of them tells of.
const HEADER_ROOM: usize = 109;
const PER_SECTOR: usize = PAGE / 4;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const TABLE: u32 = 0xffff_fffd;

/// The file with no page too full; nothing where none is, or where it cannot be told.
pub(super) fn parted(container: &mut CfbReader<Cursor<&[u8]>>) -> Option<Vec<u8>> {
    let mut main = container.open_stream(MAIN).ok()?;
    let name = if u16_at(&main, FLAGS)? & 0x0200 != 0 { "1Table" } else { "0Table" };
    let mut table = container.open_stream(name).ok()?;
    if !part_pages(&mut main, &mut table)? {
        return None;
    }
    let mut streams = vec![(name, table), (MAIN, main)];
    if let Ok(data) = container.open_stream("Data") {
        streams.insert(0, ("Data", data));
    }
    written(&streams)
}

/// Parts the pages that are too full; whether there are any.
fn part_pages(main: &mut Vec<u8>, table: &mut Vec<u8>) -> Option<bool> {
    let (start, length) = (u32_at(main, PAGES)? as usize, u32_at(main, PAGES + 4)? as usize);
    let places = table.get(start..start.checked_add(length)?)?;
    let count = places.len().checked_sub(4)? / 8;
    let number = |i: usize| u32_at(places, 4 * (count + 1 + i));
    let page = |number: u32| main.get(number as usize * PAGE..(number as usize + 1) * PAGE);
    let is_full = |page: &[u8]| (READ + 1..=MOST).contains(&usize::from(page[PAGE - 1]));
    let full = (0..count).filter_map(number).filter_map(page).filter(|page| is_full(page)).count();
    // A page twice in the table would grow the file again and again.
    if full == 0 || full > main.len() / PAGE {
        return Some(false);
    }
    let (mut begins, mut numbers, mut more) = (Vec::new(), Vec::new(), Vec::new());
    let first_new = main.len().div_ceil(PAGE);
    for i in 0..count {
        let (begin, at) = (u32_at(places, 4 * i)?, number(i)?);
        match page(at).filter(|page| is_full(page)) {
            None => {
                begins.push(begin);
                numbers.push(at);
            }
            Some(page) => {
                let runs = usize::from(page[PAGE - 1]);
                for from in (0..runs).step_by(READ) {
                    begins.push(u32_at(page, 4 * from)?);
                    numbers.push((first_new + more.len() / PAGE) as u32);
                    more.extend_from_slice(&some_runs(page, runs, from..(from + READ).min(runs)));
                }
            }
        }
    }
    begins.push(u32_at(places, 4 * count)?);
    main.resize(first_new * PAGE, 0);
    main.extend_from_slice(&more);
    let place = table.len() as u32;
    begins.iter().chain(&numbers).for_each(|n| table.extend_from_slice(&n.to_le_bytes()));
    main[PAGES..PAGES + 4].copy_from_slice(&place.to_le_bytes());
    main[PAGES + 4..PAGES + 8].copy_from_slice(&(table.len() as u32 - place).to_le_bytes());
    Some(true)
}

/// A page with some of the runs of another one. What they say stays where it is: the head only becomes shorter.
fn some_runs(page: &[u8], runs: usize, some: std::ops::Range<usize>) -> Vec<u8> {
    let mut out = page.to_vec();
    let mut head = page[4 * some.start..4 * (some.end + 1)].to_vec();
    let offsets = 4 * (runs + 1);
    head.extend_from_slice(&page[offsets + some.start..offsets + some.end]);
    out[..head.len()].copy_from_slice(&head);
    out[PAGE - 1] = some.len() as u8;
    out
}

/// A container of streams, in the order of their names; nothing of too many bytes.
fn written(streams: &[(&str, Vec<u8>)]) -> Option<Vec<u8>> {
    let sectors = |bytes: &[u8]| bytes.len().max(SMALLEST).div_ceil(PAGE);
    let data: usize = streams.iter().map(|(_, bytes)| sectors(bytes)).sum();
    // The table of sectors tells of itself, of the directory and of the streams.
    let tables = (data + 1).div_ceil(PER_SECTOR - 1);
    if tables > HEADER_ROOM || streams.len() > 3 {
        return None;
    }
    let mut next = vec![TABLE; tables];
    next.push(END);
    let mut directory = entry("Root Entry", 5, [FREE, FREE, 1], END, 0);
    let mut content = Vec::new();
    for (i, (name, bytes)) in streams.iter().enumerate() {
        let (start, count) = (next.len() as u32, sectors(bytes));
        next.extend((1..count as u32).map(|n| start + n));
        next.push(END);
        let right = if i + 1 < streams.len() { i as u32 + 2 } else { FREE };
        directory.extend(entry(name, 2, [FREE, right, FREE], start, (count * PAGE) as u32));
        content.extend_from_slice(bytes);
        content.resize(content.len() + count * PAGE - bytes.len(), 0);
    }
    directory.resize(PAGE, 0);
    next.resize(tables * PER_SECTOR, FREE);
    let mut out = header(tables);
    next.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
    out.extend_from_slice(&directory);
    out.extend_from_slice(&content);
    Some(out)
}

/// The header of a container whose tables of sectors come first, and its directory behind them.
fn header(tables: usize) -> Vec<u8> {
    let mut out = super::MAGIC.to_vec();
    out.resize(24, 0);
    // Version 3, bytes from the least, sectors of 512 bytes and of 64.
    [0x3e_u16, 3, 0xfffe, 9, 6].iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
    out.resize(44, 0);
    let numbers = [tables as u32, tables as u32, 0, SMALLEST as u32, END, 0, END, 0];
    numbers.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
    (0..HEADER_ROOM).for_each(|i| {
        out.extend_from_slice(&if i < tables { i as u32 } else { FREE }.to_le_bytes());
    });
    out
}

/// An entry of the directory: its name, kind, neighbours, first sector and bytes.
fn entry(name: &str, kind: u8, neighbours: [u32; 3], start: u32, bytes: u32) -> Vec<u8> {
    let mut out: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = out.len() as u16 + 2;
    out.resize(64, 0);
    out.extend_from_slice(&length.to_le_bytes());
    out.extend_from_slice(&[kind, 1]);
    neighbours.iter().for_each(|n| out.extend_from_slice(&n.to_le_bytes()));
    out.resize(116, 0);
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&bytes.to_le_bytes());
    out.resize(128, 0);
    out
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of so many runs of one character each, every second one with properties.
    fn page(runs: usize) -> Vec<u8> {
        let mut page = vec![0; PAGE];
        for i in 0..=runs {
            page[4 * i..4 * i + 4].copy_from_slice(&(100 + i as u32).to_le_bytes());
        }
        for i in (0..runs).step_by(2) {
            page[4 * (runs + 1) + i] = 252;
        }
        page[504..508].copy_from_slice(&[3, 0x00, 0x08, 1]);
        page[PAGE - 1] = runs as u8;
        page
    }

    fn streams(runs: usize) -> (Vec<u8>, Vec<u8>) {
        let mut main = vec![0; PAGE];
        main[PAGES + 4..PAGES + 8].copy_from_slice(&12u32.to_le_bytes());
        main.extend(page(runs));
        let table = [100u32, 100 + runs as u32, 1].iter().flat_map(|n| n.to_le_bytes()).collect();
        (main, table)
    }

    #[test]
    fn full_pages_are_parted() {
        let (mut main, mut table) = streams(90);
        assert_eq!(part_pages(&mut main, &mut table), Some(true));
        let (start, length) = (u32_at(&main, PAGES).unwrap() as usize, u32_at(&main, PAGES + 4).unwrap() as usize);
        let places: Vec<u32> = (start..start + length).step_by(4).map(|at| u32_at(&table, at).unwrap()).collect();
        assert_eq!(places, [100, 163, 190, 2, 3]);
        for (number, first, runs) in [(2, 100, 63), (3, 163, 27)] {
            let page = &main[number * PAGE..(number + 1) * PAGE];
            assert_eq!((u32_at(page, 0), usize::from(page[PAGE - 1])), (Some(first), runs));
            assert_eq!(u32_at(page, 4 * runs), Some(first + runs as u32));
            let offsets = &page[4 * (runs + 1)..][..runs];
            assert!(offsets.iter().zip(first..).all(|(o, at)| *o == if at % 2 == 0 { 252 } else { 0 }));
        }
    }

    #[test]
    fn other_files_stay_as_they_are() {
        for runs in [0, 1, 63] {
            let (mut main, mut table) = streams(runs);
            assert_eq!(part_pages(&mut main, &mut table), Some(false));
        }
        let (mut main, mut table) = streams(80);
        table.truncate(7);
        assert_eq!(part_pages(&mut main, &mut table), None);
        assert_eq!(part_pages(&mut vec![0; 9], &mut table), None);
    }

    #[test]
    fn a_container_is_read_back() {
        let streams = [("Data", vec![1; 10]), ("1Table", vec![2; 5_000]), (MAIN, vec![3; 70_000])];
        let file = written(&streams).expect("few bytes");
        let mut container = CfbReader::new(Cursor::new(file.as_slice())).expect("a container");
        for (name, bytes) in &streams {
            let read = container.open_stream(name).expect("a stream");
            assert_eq!(&read[..bytes.len()], bytes);
            assert!(read[bytes.len()..].iter().all(|b| *b == 0));
        }
        assert!(written(&[(MAIN, vec![0; 8 << 20])]).is_none());
    }
}
