//! What the reader still does not keep, counted: a bound is what was measured, never above, and is lowered with every
//! mend. Above the first bound of each kind stands what fails there.

/// Reports of each writer that an invariant is tried on.
pub(crate) const REPORTS: u64 = 12;
/// Reports of each writer and axis whose statuses are counted.
pub(crate) const TALLIED: u64 = 4;

/// Faults by invariant, writer and kind.
pub(crate) const FAULTS: &[(u8, &str, &str, usize)] = &[
    // lost, docx, seed 4: requests/received/natural_person: 502 (reported) became nothing (unreadable)
    (1, "docx", "lost", 75),
    // other, docx, seed 4: requests/received/research: 5 (reported) became 5 (suspect)
    (1, "docx", "other", 164),
    (1, "html-clean", "lost", 75),
    (1, "html-clean", "other", 164),
    (1, "html-portal", "lost", 75),
    (1, "html-portal", "other", 164),
    (1, "html-word", "lost", 75),
    (1, "html-word", "other", 164),
    (1, "mht", "lost", 75),
    (1, "mht", "other", 164),
    (1, "odt", "lost", 75),
    (1, "odt", "other", 164),
    (1, "pdf-strokes", "lost", 75),
    (1, "pdf-strokes", "other", 164),
    (1, "rtf", "lost", 75),
    (1, "rtf", "other", 164),
    // lost, 1, seed 1: requests/granted/other_org: 0 (inferred) became nothing (blank)
    (2, "1", "lost", 86),
    // status, 1, seed 1: requests/other/natural_person: nothing (blank) became nothing (missing)
    (2, "1", "status", 43),
    (2, "2", "lost", 69),
    // more, 2, seed 3: requests/partly_granted/legal_service: nothing (missing) became 0 (reported)
    (2, "2", "more", 1),
    (2, "2", "status", 39),
    (2, "3", "lost", 155),
    (2, "3", "more", 5),
    (2, "3", "status", 34),
    (2, "4", "lost", 86),
    (2, "4", "status", 19),
    (2, "5a", "lost", 86),
    (2, "5a", "status", 43),
    (2, "5b", "lost", 136),
    (2, "5b", "status", 171),
    (2, "5c", "lost", 86),
    (2, "5c", "status", 43),
    // other, 7, seed 2: requests/carried_in/natural_person: 78 (reported) became 0 (reported)
    (2, "7", "other", 21),
    (2, "docx", "lost", 86),
    (2, "docx", "status", 43),
    (2, "html-clean", "lost", 86),
    (2, "html-clean", "status", 43),
    (2, "html-portal", "lost", 86),
    (2, "html-portal", "status", 43),
    (2, "html-word", "lost", 86),
    (2, "html-word", "status", 43),
    (2, "mht", "lost", 86),
    (2, "mht", "status", 43),
    (2, "odt", "lost", 86),
    (2, "odt", "status", 43),
    (2, "pdf-strokes", "lost", 86),
    (2, "pdf-strokes", "status", 43),
    (2, "pdf-unruled", "other", 23),
    (2, "rtf", "lost", 86),
    (2, "rtf", "status", 43),
    // lost, 1, seed 4: requests/received/natural_person: 502 (reported) became 502 (suspect)
    (3, "1", "lost", 71),
    (3, "2", "lost", 196),
    // other, 2, seed 2: requests/granted/total: 686 (repaired) became 0 (inferred)
    (3, "2", "other", 32),
    (3, "3", "lost", 160),
    (3, "3", "other", 1),
    (3, "4", "lost", 71),
    (3, "5a", "lost", 71),
    (3, "5b", "lost", 149),
    (3, "5b", "other", 1),
    (3, "5c", "lost", 71),
    (3, "6a", "other", 1),
    (3, "6b", "other", 1),
    (3, "7", "other", 1),
    (3, "docx", "lost", 71),
    (3, "html-clean", "lost", 71),
    (3, "html-portal", "lost", 71),
    (3, "html-word", "lost", 71),
    (3, "mht", "lost", 71),
    (3, "odt", "lost", 71),
    (3, "pdf-strokes", "lost", 71),
    (3, "pdf-unruled", "other", 1),
    (3, "rtf", "lost", 71),
    // other, 1, seed 4: requests/granted/other_org: 0 (reported) became 0 (reported)
    (4, "1", "other", 6),
    // lost, 2, seed 2: requests/other_fee_unpaid/natural_person: 32 (repaired) became nothing (blank)
    (4, "2", "lost", 4),
    (4, "2", "other", 8),
    // status, 2, seed 2: requests/received/natural_person: 1579 (repaired) became 1579 (reported)
    (4, "2", "status", 135),
    (4, "3", "other", 8),
    (4, "3", "status", 20),
    (4, "4", "other", 6),
    (4, "5a", "other", 6),
    (4, "5b", "other", 8),
    (4, "5b", "status", 20),
    (4, "6a", "other", 8),
    (4, "6b", "other", 8),
    (4, "7", "other", 8),
    (4, "7", "status", 20),
    (4, "8a", "lost", 93),
    (4, "8a", "status", 1),
    (4, "8b", "lost", 222),
    (4, "docx", "status", 7),
    (4, "html-clean", "status", 7),
    (4, "html-portal", "status", 7),
    (4, "html-word", "status", 7),
    (4, "mht", "status", 7),
    (4, "odt", "status", 7),
    (4, "pdf-strokes", "other", 6),
    (4, "pdf-unruled", "other", 15),
    (4, "rtf", "status", 7),
    // dropped, 2, seed 2: 8 of "8.", some-zeros
    (5, "2", "dropped", 5),
    (5, "6a", "dropped", 5),
    (5, "6b", "dropped", 1),
    (5, "8a", "dropped", 12),
    (5, "8b", "dropped", 10),
    (5, "pdf-unruled", "dropped", 6),
    // other, 2, seed 2: requests/granted/business: 0 (inferred) became 686 (reported)
    (6, "2", "other", 49),
    // more, 3, seed 4: requests/carried_in/natural_person: 0 (suspect) became 0 (reported)
    (6, "3", "more", 42),
    (6, "5b", "more", 42),
    (6, "5c", "other", 33),
    (6, "6a", "more", 42),
    (6, "6b", "more", 42),
    (6, "7", "more", 42),
    (6, "7", "other", 4),
    (6, "8a", "more", 123),
    (6, "8a", "other", 33),
    (6, "8b", "more", 41),
    (6, "pdf-unruled", "more", 42),
    (6, "pdf-unruled", "other", 26),
    // other, 1, seed 4: requests/received/research: 5 (reported) became 0 (reported)
    (7, "1", "other", 33),
    // lost, 2, seed 2: requests/other_fee_unpaid/natural_person: 32 (repaired) became nothing (missing)
    (7, "2", "lost", 6),
    (7, "2", "other", 111),
    // status, 2, seed 2: requests/received/natural_person: 1579 (repaired) became 1579 (reported)
    (7, "2", "status", 165),
    (7, "3", "other", 33),
    (7, "4", "other", 33),
    (7, "5a", "other", 33),
    (7, "5b", "other", 33),
    (7, "5c", "other", 16),
    (7, "6a", "other", 33),
    (7, "6b", "other", 33),
    (7, "7", "other", 33),
    (7, "8a", "other", 122),
    (7, "8b", "other", 66),
    (7, "docx", "other", 33),
    (7, "html-clean", "other", 33),
    (7, "html-portal", "other", 33),
    (7, "html-word", "other", 33),
    (7, "mht", "other", 33),
    (7, "odt", "other", 33),
    (7, "pdf-strokes", "other", 33),
    (7, "pdf-unruled", "other", 16),
    (7, "rtf", "other", 33),
    // other, 1, seed 4: requests/received/research: 5 (reported) became 0 (reported)
    (8, "1", "other", 33),
    // status, 1, seed 1: requests/received/natural_person: 0 (reported) became 0 (suspect)
    (8, "1", "status", 497),
    // lost, 2, seed 1: requests/granted/natural_person: 0 (reported) became nothing (unreadable)
    (8, "2", "lost", 41),
    // more, 2, seed 8: requests/denied_third_party/natural_person: nothing (unreadable) became 16 (reported)
    (8, "2", "more", 8),
    (8, "2", "other", 15),
    (8, "2", "status", 634),
    (8, "3", "other", 33),
    (8, "3", "status", 14),
    (8, "4", "other", 33),
    (8, "4", "status", 497),
    (8, "5a", "other", 33),
    (8, "5a", "status", 497),
    (8, "5b", "other", 33),
    (8, "5b", "status", 14),
    (8, "5c", "lost", 7),
    (8, "5c", "status", 528),
    (8, "6a", "other", 33),
    (8, "6b", "other", 33),
    (8, "7", "other", 33),
    (8, "docx", "other", 33),
    (8, "docx", "status", 497),
    (8, "html-clean", "other", 33),
    (8, "html-clean", "status", 497),
    (8, "html-portal", "other", 33),
    (8, "html-portal", "status", 497),
    (8, "html-word", "other", 33),
    (8, "html-word", "status", 497),
    (8, "mht", "other", 33),
    (8, "mht", "status", 497),
    (8, "odt", "other", 33),
    (8, "odt", "status", 497),
    (8, "pdf-strokes", "other", 33),
    (8, "pdf-strokes", "status", 497),
    (8, "pdf-unruled", "other", 16),
    (8, "rtf", "other", 33),
    (8, "rtf", "status", 497),
    // assessed, 1, seed 2: REQ-OUTCOMES in 2 columns with other_other as zero
    (9, "1", "assessed", 6),
    (9, "2", "assessed", 6),
    // lost, 2, seed 4: requests/granted/natural_person: 179 (reported) became nothing (unreadable)
    (9, "2", "lost", 8),
    // other, 2, seed 6: requests/unable_unclear/business: 0 (repaired) became 2 (reported)
    (9, "2", "other", 3),
    (9, "3", "assessed", 6),
    (9, "4", "assessed", 6),
    (9, "5a", "assessed", 6),
    (9, "5b", "assessed", 6),
    (9, "5c", "assessed", 6),
    (9, "6a", "assessed", 6),
    (9, "6b", "assessed", 6),
    (9, "7", "assessed", 6),
    (9, "8a", "assessed", 4),
    (9, "8b", "assessed", 2),
    (9, "docx", "assessed", 6),
    (9, "html-clean", "assessed", 6),
    (9, "html-portal", "assessed", 6),
    (9, "html-word", "assessed", 6),
    (9, "mht", "assessed", 6),
    (9, "odt", "assessed", 6),
    (9, "pdf-strokes", "assessed", 6),
    (9, "pdf-unruled", "assessed", 6),
    (9, "rtf", "assessed", 6),
];

/// Cells with a wrong value, by writer, axis and status.
pub(crate) const WRONG: &[(&str, &str, &str, usize)] = &[
    // seed 2: requests/other_fee_unpaid/business: 0 (empty-totals) became 32 (reported)
    ("2", "empty-totals", "reported", 3),
    // seed 2: requests/concluded_total/natural_person: nothing (empty-totals) became 0 (inferred)
    ("2", "empty-totals", "inferred", 1),
    // seed 2: requests/other_fee_unpaid/research: nothing (some-zeros) became 0 (reported)
    ("2", "some-zeros", "reported", 4),
    // seed 2: requests/granted/business: nothing (slashes) became 686 (reported)
    ("2", "slashes", "reported", 20),
    // seed 2: requests/granted/business: nothing (dashes) became 686 (reported)
    ("2", "dashes", "reported", 20),
    // seed 0: requests/concluded_total/total: nothing (empty-totals) became 1 (reported)
    ("5b", "empty-totals", "reported", 1),
    // seed 0: requests/received/total: nothing (empty-totals) became 1 (repaired)
    ("5b", "empty-totals", "repaired", 1),
    // seed 2: proactive/normative_documents/in_force: 283 (narrow) became 28 (reported)
    ("6a", "narrow", "reported", 4),
    // seed 0: requests/concluded_total/research: 0 (empty-totals) became 1 (reported)
    ("6b", "empty-totals", "reported", 3),
    // seed 0: requests/received/natural_person: 10 (empty-totals) became 0 (inferred)
    ("6b", "empty-totals", "inferred", 3),
    // seed 0: requests/received/research: 0 (empty-totals) became 1 (repaired)
    ("6b", "empty-totals", "repaired", 3),
    // seed 0: requests/concluded_total/total: nothing (empty-totals) became 1 (reported)
    ("7", "empty-totals", "reported", 1),
    // seed 0: requests/received/total: nothing (empty-totals) became 1 (repaired)
    ("7", "empty-totals", "repaired", 1),
    // seed 2: requests/carried_out/natural_person: 191 (some-zeros) became 0 (reported)
    ("7", "some-zeros", "reported", 2),
    // seed 0: requests/concluded_total/total: nothing (empty-totals) became 1 (reported)
    ("8a", "empty-totals", "reported", 1),
    // seed 0: requests/concluded_total/total: nothing (empty-totals) became 1 (reported)
    ("8b", "empty-totals", "reported", 1),
    // seed 0: requests/concluded_total/research: 0 (empty-totals) became 1 (reported)
    ("pdf-unruled", "empty-totals", "reported", 3),
    // seed 0: requests/received/natural_person: 10 (empty-totals) became 0 (inferred)
    ("pdf-unruled", "empty-totals", "inferred", 3),
    // seed 0: requests/received/research: 0 (empty-totals) became 1 (repaired)
    ("pdf-unruled", "empty-totals", "repaired", 3),
    // seed 0: requests/received/natural_person: 10 (own-row) became 0 (reported)
    ("pdf-unruled", "own-row", "reported", 16),
];

/// Published figures without a value, by writer, in the order of the axes.
pub(crate) const LOST: &[(&str, [usize; 13])] = &[
    ("1", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("2", [0, 4, 5, 40, 40, 0, 0, 0, 0, 0, 6, 152, 14]),
    ("3", [0, 14, 37, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("4", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("5a", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("5b", [0, 17, 23, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("5c", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 154, 0]),
    ("6a", [0, 74, 15, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0]),
    ("6b", [0, 77, 385, 0, 0, 0, 0, 0, 0, 0, 46, 0, 0]),
    ("7", [0, 76, 277, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("8a", [66, 141, 312, 57, 57, 67, 0, 0, 66, 66, 66, 191, 716]),
    ("8b", [170, 246, 374, 69, 69, 171, 0, 0, 170, 170, 170, 279, 226]),
    ("html-clean", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("html-word", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("html-portal", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("docx", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("odt", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("rtf", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("mht", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("pdf-strokes", [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 46, 154, 0]),
    ("pdf-unruled", [0, 76, 52, 0, 0, 0, 0, 4, 0, 46, 0, 0, 0]),
];
