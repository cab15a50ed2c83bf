//! Decompression, told by the first bytes of a file, never by its name.

use std::io::{self, BufRead, BufReader, Read};

use bzip2::bufread::MultiBzDecoder;
use flate2::bufread::MultiGzDecoder;
use lzma_rust2::XzReader;

use super::Gauge;

/// News text shrinks to a third or a tenth; a file that grows by more than this is a bomb.
const MAX_RATIO: u64 = 250;
/// Below this size nothing is a bomb.
const HARMLESS: u64 = 64 << 20;

/// `from` decompressed, where it is compressed; also true if it is not.
pub(super) fn decompressed<R: BufRead + Send + 'static>(
    mut from: R,
    gauge: &Gauge,
) -> io::Result<(Box<dyn BufRead + Send>, bool)> {
    let decoder: Box<dyn Read + Send> = match from.fill_buf()? {
        [0x1F, 0x8B, ..] => Box::new(MultiGzDecoder::new(from)),
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => Box::new(MultiBzDecoder::new(from)),
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Box::new(XzReader::new(from, true)),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => Box::new(zstd::Decoder::with_buffer(from)?),
        _ => return Ok((Box::new(from), true)),
    };
    let guarded = Guarded { decoder, given: 0, gauge: gauge.clone(), failed: None };
    Ok((Box::new(BufReader::with_capacity(1 << 16, guarded)), false))
}

/// Ends with an error where a file decompresses to much more than text does. An error comes again
/// whenever it is read on: decoders need not bear that, the one of bzip2 ends the process.
struct Guarded {
    decoder: Box<dyn Read + Send>,
    given: u64,
    gauge: Gauge,
    failed: Option<(io::ErrorKind, String)>,
}

impl Read for Guarded {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if let Some((kind, problem)) = &self.failed {
            return Err(io::Error::new(*kind, problem.clone()));
        }
        let read = self.decode(into);
        if let Err(error) = &read
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.failed = Some((error.kind(), error.to_string()));
        }
        read
    }
}

impl Guarded {
    fn decode(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.decoder.read(into)?;
        self.given += read as u64;
        if self.given > HARMLESS && self.given / MAX_RATIO > self.gauge.bytes() {
            let problem = format!(
                "it decompresses to more than {MAX_RATIO} times its size, which no text does: a \
                 decompression bomb"
            );
            return Err(io::Error::new(io::ErrorKind::InvalidData, problem));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn read(bytes: Vec<u8>) -> (io::Result<u64>, bool) {
        let gauge = Gauge::default();
        let from = BufReader::new(gauge.measure(io::Cursor::new(bytes)));
        let (mut from, is_plain) = decompressed(from, &gauge).unwrap();
        (io::copy(&mut from, &mut io::sink()), is_plain)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut to = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        to.write_all(bytes).unwrap();
        to.finish().unwrap()
    }

    #[test]
    fn members_and_frames_follow_each_other() {
        let text = b"Rain fell in Oslo.\n".repeat(1000);
        let zstd = zstd::encode_all(text.as_slice(), 3).unwrap();
        let mut bzip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        bzip.write_all(&text).unwrap();
        let bzip = bzip.finish().unwrap();
        for compressed in [gzip(&text), zstd, bzip] {
            let (read_once, is_plain) = read(compressed.clone());
            assert_eq!((read_once.unwrap(), is_plain), (text.len() as u64, false));
            assert_eq!(read(compressed.repeat(2)).0.unwrap(), 2 * text.len() as u64);
            assert!(read(compressed[..compressed.len() - 5].to_vec()).0.is_err());
        }
        let (whole, is_plain) = read(text.clone());
        assert_eq!((whole.unwrap(), is_plain), (text.len() as u64, true));
        assert_eq!(read(Vec::new()).0.unwrap(), 0);
    }

    #[test]
    fn damage_is_told_again_to_whoever_reads_on() {
        // A block of bzip2 that has no bytes; a decoder called again after that panics.
        let bzip2 = [b"BZh91AY&SY".as_slice(), &[0; 60]].concat();
        let gzip = [&gzip(b"Rain fell in Oslo.")[..12], &[0xFF; 60]].concat();
        let zstd = [zstd::encode_all(&b"Rain"[..], 3).unwrap(), vec![0xFF; 60]].concat();
        let xz = [b"\xFD7zXZ\0".as_slice(), &[0; 60]].concat();
        for bytes in [bzip2, gzip, zstd, xz] {
            let gauge = Gauge::default();
            let from = BufReader::new(gauge.measure(io::Cursor::new(bytes)));
            let (mut from, _) = decompressed(from, &gauge).unwrap();
            let first = io::copy(&mut from, &mut io::sink()).unwrap_err();
            for _ in 0..3 {
                assert_eq!(from.fill_buf().unwrap_err().to_string(), first.to_string());
            }
        }
    }

    #[test]
    fn bombs_are_refused() {
        let error = read(gzip(&vec![b' '; 70 << 20])).0.unwrap_err();
        assert!(error.to_string().contains("decompression bomb"), "{error}");
        assert!(read(gzip(&vec![b' '; 8 << 20])).0.is_ok());
    }
}
