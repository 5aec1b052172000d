//! Zip archives: the directory names all members, so that workers inflate and read them side by side.

use rawzip::ReaderAt;
use rayon::prelude::*;

use super::{Place, bytes, names};
use crate::decode::zipped::{Member, Zip};
use crate::error::Failure;
use crate::load::reading::guarded;
use crate::load::rows::{CHUNK, Cancelled, Rows, Run};

/// A member and what the members before it leave it.
struct Listed<'a> {
    member: &'a Member,
    /// Whether all members up to it are within the allowance of the archive.
    fits: bool,
}

/// Reads all members; tells the bytes that they inflate to.
pub(super) fn read<R: ReaderAt + Sync>(
    run: &Run<'_>,
    place: Place<'_>,
    zip: &Zip<R>,
    rows: &mut Rows,
) -> Result<u64, Cancelled> {
    let mut sum = 0u64;
    let listed: Vec<Listed<'_>> = zip
        .members
        .iter()
        .filter(|member| !run.passes_over(&names::shown(place.shown, &member.name)))
        .map(|member| {
            // By the sizes that the directory names: no member can inflate to more.
            sum = sum.saturating_add(member.size);
            Listed { member, fits: sum <= place.allowance }
        })
        .collect();
    run.found(listed.len());
    let some = |chunk: &[Listed<'_>], rows: &mut Rows| {
        chunk.iter().try_for_each(|l| one(run, place, zip, l, rows).inspect(|()| run.done(1)))
    };
    if place.depth == 0 && listed.len() > CHUNK {
        let parts: Result<Vec<_>, Cancelled> = listed
            .par_chunks(CHUNK)
            .map(|chunk| {
                let mut rows = Rows::of(chunk.len());
                some(chunk, &mut rows)?;
                Ok(rows.finish())
            })
            .collect();
        rows.append(parts?.into_iter().flatten());
    } else {
        some(&listed, rows)?;
    }
    if let Some(torn) = &zip.torn {
        rows.failure(place.shown, torn.clone());
    } else if listed.is_empty() {
        rows.failure(place.shown, Failure::Empty { bytes: 0 });
    }
    Ok(sum)
}

/// Reads one member. An archive in it may inflate to so much as its packed bytes allow by their ratio.
fn one<R: ReaderAt>(
    run: &Run<'_>,
    place: Place<'_>,
    zip: &Zip<R>,
    listed: &Listed<'_>,
    rows: &mut Rows,
) -> Result<(), Cancelled> {
    run.go_on()?;
    let limits = &run.options.limits;
    let member = listed.member;
    let shown = names::shown(place.shown, &member.name);
    let most = if listed.fits { limits.file_bytes } else { 0 };
    let inflated = match names::fault(place.shown, &shown) {
        Some(fault) => Err(Failure::Member(fault)),
        None => guarded(|| zip.inflate(member, most, limits)),
    };
    match inflated {
        Ok(inflated) => {
            let allowance = member.packed.saturating_mul(limits.ratio).min(place.allowance);
            bytes(run, Place { shown: &shown, depth: place.depth + 1, allowance }, &inflated, rows).map(drop)
        }
        Err(failure) => {
            rows.failure(&shown, failure);
            Ok(())
        }
    }
}
