//! The same question without a document: which division does a name belong to?

use super::{Context, identify};
use crate::divisions::{Code, Division, Divisions, Level, parse};
use crate::masthead::full_name;
use crate::masthead::squeezed::squeezed;
use crate::report::Identity;

/// What a name says of an issuer.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Resolved {
    /// The full name of the organ; none where the name is none of an organ or a division.
    pub issuer: Option<String>,
    /// The level of government.
    pub level: Option<&'static str>,
    /// The kind of organ.
    pub kind: Option<&'static str>,
    /// The division, or why it is open.
    pub identity: Identity,
}

/// Finds the division of an issuer by its name, in a year and within a division (its code, or a name that one division
/// bears). Open where several divisions bear the name.
///
/// # Errors
/// The divisions that `within` may mean, where it is not one.
///
/// ```
/// use gxbg::masthead::resolve;
/// let town = resolve("千户镇人民政府", Some(2021), Some("秦安县")).unwrap();
/// assert_eq!(town.identity.division.unwrap().code.to_string(), "620522109");
/// let open = resolve("康庄镇", None, None).unwrap();
/// assert_eq!((open.identity.division, open.identity.candidates.len()), (None, 2));
/// let one = resolve("康庄镇", None, Some("山东省")).unwrap();
/// assert_eq!(one.identity.division.unwrap().code.to_string(), "371581103");
/// assert!(resolve("康庄镇", None, Some("朝阳区")).is_err());
/// ```
pub fn resolve(name: &str, year: Option<i16>, within: Option<&str>) -> Result<Resolved, Vec<&'static Division>> {
    let within = match within {
        None => Vec::new(),
        Some(place) => vec![division(place, year)?],
    };
    let written = squeezed(name);
    let (mut identity, mut level) = identify(&written, year, &within, &Context::default());
    let outside = |d: &Division| within.iter().any(|w| !w.code.holds(d.code));
    if identity.division.is_some_and(outside) {
        (identity, level) = (Identity { open: Some(crate::report::Open::Unknown), ..Identity::default() }, None);
    }
    let full = full_name(&written);
    Ok(Resolved {
        level: level.map(Level::key).or_else(|| full.as_ref().and_then(|f| f.1.level)),
        kind: full.as_ref().map(|f| f.1.kind),
        issuer: full.map(|f| f.0),
        identity,
    })
}

/// The one division that a code or a name stands for.
fn division(place: &str, year: Option<i16>) -> Result<&'static Division, Vec<&'static Division>> {
    let table = Divisions::get();
    if let Some(code) = Code::read(place) {
        return table.at(code, year).ok_or_else(Vec::new);
    }
    let parsed = parse(place, year, &[]);
    match parsed.divisions[..] {
        [only] if parsed.rest.is_empty() => Ok(only),
        _ => Err(parsed.divisions),
    }
}
