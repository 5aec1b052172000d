//! Codes as numbers: a column has one dictionary for all batches, in which each code is once.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, DictionaryArray, Int32Array, Int32Builder, RecordBatch, StringArray};
use arrow::datatypes::{DataType, Int32Type};
use arrow::error::ArrowError;
use rustc_hash::FxHashMap;

/// Codes in the order of their first appearance.
#[derive(Debug, Default)]
struct Codes {
    words: Vec<String>,
    known: FxHashMap<String, i32>,
}

impl Codes {
    /// The number of a code.
    fn number(&mut self, word: &str) -> i32 {
        if let Some(number) = self.known.get(word) {
            return *number;
        }
        let number = self.words.len() as i32;
        self.words.push(word.to_owned());
        self.known.insert(word.to_owned(), number);
        number
    }

    fn dictionary(&self) -> ArrayRef {
        Arc::new(StringArray::from_iter_values(&self.words))
    }
}

/// Codes that a column remembers by where they lie in the program.
const REMEMBERED: usize = 32;

/// A column of codes in the making.
#[derive(Debug)]
pub(super) struct CodesBuilder {
    codes: Codes,
    keys: Int32Builder,
    /// Codes met lately and their numbers, each in the place that its address gives it: most come again and again.
    recent: [Option<(&'static str, i32)>; REMEMBERED],
}

impl CodesBuilder {
    /// A column with room for so many rows.
    pub(super) fn new(rows: usize) -> CodesBuilder {
        CodesBuilder { codes: Codes::default(), keys: Int32Builder::with_capacity(rows), recent: Default::default() }
    }

    pub(super) fn append(&mut self, code: Option<&'static str>) {
        let number = code.map(|word| self.number(word));
        self.keys.append_option(number);
    }

    fn number(&mut self, word: &'static str) -> i32 {
        let address = word.as_ptr().addr();
        let slot = &mut self.recent[(address ^ address >> 5) % REMEMBERED];
        match slot {
            Some((known, number)) if std::ptr::eq(*known, word) => *number,
            _ => {
                let number = self.codes.number(word);
                *slot = Some((word, number));
                number
            }
        }
    }

    pub(super) fn finish(mut self) -> DictionaryArray<Int32Type> {
        // Proof: every key is a place in the list that gave it.
        DictionaryArray::new(self.keys.finish(), self.codes.dictionary())
    }
}

/// The same batches, with one dictionary for each column of codes.
pub(super) fn unified(batches: &[RecordBatch]) -> Result<Vec<RecordBatch>, ArrowError> {
    let Some(first) = batches.first() else { return Ok(Vec::new()) };
    let schema = first.schema();
    let mut columns: Vec<Vec<ArrayRef>> = batches.iter().map(|b| b.columns().to_vec()).collect();
    for (i, field) in schema.fields().iter().enumerate() {
        if matches!(field.data_type(), DataType::Dictionary(..)) {
            unify(&mut columns.iter_mut().map(|c| &mut c[i]).collect::<Vec<_>>())?;
        }
    }
    columns.into_iter().map(|c| RecordBatch::try_new(schema.clone(), c)).collect()
}

/// Gives the parts of a column one dictionary. Rows are not looked at, only the dictionaries that the parts have.
fn unify(parts: &mut [&mut ArrayRef]) -> Result<(), ArrowError> {
    let values = |part: &ArrayRef| part.as_dictionary::<Int32Type>().values().clone();
    if parts.len() > 1 && parts.windows(2).all(|w| Arc::ptr_eq(&values(w[0]), &values(w[1]))) {
        return Ok(());
    }
    let mut codes = Codes::default();
    let numbers: Vec<Vec<i32>> = parts
        .iter()
        .map(|part| values(part).as_string::<i32>().iter().map(|word| codes.number(word.unwrap_or(""))).collect())
        .collect();
    let dictionary = codes.dictionary();
    for (part, numbers) in parts.iter_mut().zip(numbers) {
        // A null has any number, also where there is no code at all.
        let number = |key: i32| numbers.get(key as usize).copied().unwrap_or(0);
        let keys: Int32Array = part.as_dictionary::<Int32Type>().keys().unary(number);
        **part = Arc::new(DictionaryArray::<Int32Type>::try_new(keys, dictionary.clone())?);
    }
    Ok(())
}
