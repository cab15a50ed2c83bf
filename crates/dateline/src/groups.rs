//! Cuts a slice of articles into groups that one thread reads at a time.

use crate::Given;

/// Enough text for full batches of sentences of like length, little enough to spread a few
/// articles over all threads.
const BYTES: usize = 24 * 1024;

/// Groups of neighbours; together they are `articles`, none is empty.
pub(crate) fn split<'g, 'a>(articles: &'g [Given<'a>]) -> Vec<&'g [Given<'a>]> {
    let mut groups = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, given) in articles.iter().enumerate() {
        bytes += given.article.text.len();
        if bytes >= BYTES {
            groups.push(&articles[start..=index]);
            (start, bytes) = (index + 1, 0);
        }
    }
    if start < articles.len() {
        groups.push(&articles[start..]);
    }
    groups
}

#[cfg(test)]
mod tests {
    use dateline_text::Article;

    use super::*;

    #[test]
    fn groups_join_to_the_articles() {
        let articles: Vec<Article> = [0, 10, 30_000, 5, 20_000, 20_000, 1]
            .iter()
            .map(|&len| Article::from_text("a", "x".repeat(len)))
            .collect();
        let given: Vec<Given<'_>> = articles.iter().map(Given::from).collect();
        let groups = split(&given);
        assert_eq!(groups.iter().map(|g| g.len()).collect::<Vec<_>>(), [3, 3, 1]);
        let joined: Vec<&Article> = groups.into_iter().flatten().map(|g| g.article).collect();
        assert_eq!(joined, articles.iter().collect::<Vec<_>>());
        assert!(split(&[]).is_empty());
    }
}
