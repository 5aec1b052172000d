//! `gxbg` turns Chinese government-information disclosure reports (政府信息公开工作年度报告) into tables.
//!
//! The rooms stand in the order of the data and import only from those before them:
//! [`terms`] → [`divisions`] → [`document`] → [`error`] → [`decode`] → [`report`] → [`law`] → [`tables`] → [`prose`] →
//! [`masthead`] → [`recognize`] → [`ledger`] → [`check`] →
//! [`across`] → [`schema`] → [`batch`] → [`load`] → `python`.
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod across;
pub mod batch;
pub mod check;
pub mod decode;
pub mod divisions;
pub mod document;
pub mod error;
pub mod law;
pub mod ledger;
pub mod load;
pub mod masthead;
pub mod prose;
#[cfg(feature = "python")]
mod python;
pub mod recognize;
pub mod report;
pub mod schema;
pub mod tables;
pub mod terms;
