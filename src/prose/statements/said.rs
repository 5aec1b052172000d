//! What a clause says in words becomes statements.

use crate::report::{Notation, Standing, Statement};

use super::reader::Reader;
use super::words::{self, Said, Topic};

impl Reader<'_> {
    /// What the clause that ends here says in words.
    pub(super) fn say(&mut self, end: usize) {
        if self.clause.has_figure {
            return;
        }
        let clause = &self.tokens[self.clause.first..end];
        let topic = Topic { on_requests: self.on_requests, on_disputes: self.on_disputes };
        let mut said = std::mem::take(&mut self.said);
        words::zeros(clause, topic, &mut said);
        for one in said.drain(..) {
            self.push_said(one, 0.0, Standing::Whole);
        }
        self.said = said;
        let counted = self.out.len().checked_sub(1).filter(|i| *i >= self.sentence.first);
        if let Some(whole) = counted
            && let Some(metric) = self.out[whole].metric
            && self.out[whole].number > 0.0
            && let Some(one) = words::all(&self.tokens[self.clause.first..end], metric).or_else(|| {
                let single = self.out[whole].number == 1.0;
                words::one(&self.tokens[self.clause.first..end], &self.prose.chars, metric).filter(|_| single)
            })
        {
            let number = self.out[whole].number;
            self.push_said(one, number, Standing::Part(Some(whole)));
        }
    }

    fn push_said(&mut self, said: Said, number: f64, standing: Standing) {
        let tokens = &self.tokens[self.clause.first..];
        let span = self.prose.span(tokens[said.first].start as usize, tokens[said.last].end as usize);
        let period = self.period(Some(said.metric));
        let standing = match standing {
            Standing::Whole if self.sentence.own => Standing::Part(None),
            Standing::Whole if self.is_other_scope() => Standing::Narrow,
            other => other,
        };
        self.out.push(Statement {
            section: self.setting.section,
            phrase: span,
            span,
            number,
            decimals: 0,
            notation: Notation::Words,
            qualifier: None,
            unit: None,
            metric: Some(said.metric),
            period,
            standing,
            scope: self.scope(standing),
        });
    }
}
