//! Documents as tables, for pandas, Polars, DuckDB and the like.
//!
//! Either one table with an article a row and all of its record nested in it, or a flat table each
//! of articles, entities and so on, that are joined by the number of the article. What the columns
//! mean is told in `schema/tables.md`.

mod csv;
mod encode;
mod flat;
mod flatten;
mod nested;
mod pieces;
mod rows;
mod schema;
mod spill;
mod writer;

#[cfg(test)]
mod tests;

pub(crate) use csv::{header, write};
pub(crate) use flatten::rows;
pub(crate) use pieces::{Tables, merge, remove_pieces_from};

/// Which tables documents are written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// One table, an article a row.
    Nested,
    /// A table of articles and one of each thing that an article has many of.
    Flat,
}

/// A table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Table {
    /// Articles with all that is said of them.
    Documents,
    /// Articles.
    Articles,
    /// Who and where.
    Entities,
    /// Where they are mentioned.
    Mentions,
    /// What happened.
    Events,
    /// Who and what took part.
    Roles,
    /// Time expressions.
    Times,
}

impl TableKind {
    /// Its tables.
    pub(crate) fn tables(self) -> &'static [Table] {
        use Table::{Articles, Documents, Entities, Events, Mentions, Roles, Times};
        match self {
            TableKind::Nested => &[Documents],
            TableKind::Flat => &[Articles, Entities, Mentions, Events, Roles, Times],
        }
    }
}

impl Table {
    /// Its name, which is also that of its files.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Table::Documents => "documents",
            Table::Articles => "articles",
            Table::Entities => "entities",
            Table::Mentions => "mentions",
            Table::Events => "events",
            Table::Roles => "roles",
            Table::Times => "times",
        }
    }
}
