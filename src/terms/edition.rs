//! The editions of the report's format.

/// An edition of the official form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Edition {
    /// 国办公开办函〔2019〕60号: the reports of 2019 and 2020.
    Of2019,
    /// 国办公开办函〔2021〕30号: the reports of 2021 and later.
    Of2021,
}

impl Edition {
    /// All editions, the oldest first.
    pub const ALL: [Edition; 2] = [Edition::Of2019, Edition::Of2021];

    /// The public code.
    ///
    /// ```
    /// assert_eq!(gxbg::terms::Edition::Of2021.key(), "2021");
    /// ```
    pub fn key(self) -> &'static str {
        match self {
            Edition::Of2019 => "2019",
            Edition::Of2021 => "2021",
        }
    }

    /// The notice of the General Office of the State Council that fixes the form.
    pub fn notice(self) -> &'static str {
        match self {
            Edition::Of2019 => "国办公开办函〔2019〕60号",
            Edition::Of2021 => "国办公开办函〔2021〕30号",
        }
    }

    /// The edition in force for the reports of a year; none before 2019, when reports had a free form.
    ///
    /// ```
    /// use gxbg::terms::Edition;
    /// assert_eq!(Edition::in_force(2020), Some(Edition::Of2019));
    /// assert_eq!(Edition::in_force(2018), None);
    /// ```
    pub fn in_force(year: i16) -> Option<Edition> {
        match year {
            ..=2018 => None,
            2019 | 2020 => Some(Edition::Of2019),
            2021.. => Some(Edition::Of2021),
        }
    }
}
