//! Articles that the laws are held against.

use dateline::Article;

use crate::gold;

/// Articles in which bytes, code points and UTF-16 units differ, or that hold little to read.
pub(crate) const ODD: [(&str, &str); 6] = [
    ("wide", "🎉 Élysée 🎉\n\nPrésident Zoë Lefèvre met Søren Ødegård in Málaga 👩‍👩‍👧 on Monday."),
    ("crlf", "Talks begin\r\n\r\nEnvoys of Peru met envoys of Chile in Lima on Friday.\r\n"),
    ("bom", "\u{feff}LIMA (AFP) — Two ministers resigned on Friday."),
    ("nul", "The mayor\0of Lyon, Anne Petit, resigned.\0"),
    ("rtl", "The word שלום was written by Amir Levi in حلب on Sunday."),
    ("furniture", "All rights reserved.\n\n© 2024 Example Press\n\nRead more: Other stories\n"),
];

/// Every article at hand, each also with its first line as a title of its own.
pub(crate) fn all() -> Vec<Article> {
    let whole = gold::articles().into_iter().flat_map(|suite| suite.cases);
    let cases = gold::paraphrases().cases.into_iter().chain(whole);
    let mut articles: Vec<Article> = cases.map(|case| case.article).collect();
    articles.extend(ODD.map(|(id, text)| Article::from_text(id, text)));
    let titled: Vec<Article> = articles.iter().filter_map(with_title_apart).collect();
    articles.extend(titled);
    articles
}

fn with_title_apart(article: &Article) -> Option<Article> {
    let (title, text) = article.text.split_once("\n\n")?;
    if article.title.is_some() || title.len() > 80 {
        return None;
    }
    let id = format!("{}-titled", article.id);
    let (title, text) = (Some(title.to_owned()), text.to_owned());
    Some(Article { id, title, text, ..article.clone() })
}
