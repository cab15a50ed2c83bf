//! Cuts a slice of articles into groups that one thread reads at a time.

use dateline_text::Article;

/// Enough text for full batches of sentences of like length, little enough to spread a few
/// articles over all threads.
const BYTES: usize = 24 * 1024;

/// Groups of neighbours; together they are `articles`, none is empty.
pub(crate) fn split(articles: &[Article]) -> Vec<&[Article]> {
    let mut groups = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, article) in articles.iter().enumerate() {
        bytes += article.text.len();
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
    use super::*;

    #[test]
    fn groups_join_to_the_articles() {
        let articles: Vec<Article> = [0, 10, 30_000, 5, 20_000, 20_000, 1]
            .iter()
            .map(|&len| Article::from_text("a", "x".repeat(len)))
            .collect();
        let groups = split(&articles);
        assert_eq!(groups.iter().map(|g| g.len()).collect::<Vec<_>>(), [3, 3, 1]);
        assert_eq!(groups.concat(), articles);
        assert!(split(&[]).is_empty());
    }
}
