//! Products of 8-bit matrices on the tile unit of recent x86-64 servers (Intel AMX).
//!
//! `rten-gemm` has no kernel for it, and with its best for the same processor the encoder as a whole
//! took 1.4 times as long. The intrinsics are not stable yet, so that the few instructions stand
//! here as assembly: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 1,
//! chapter 18 (TILE), volume 2 (TDPBSSD). This is the only unsafe code of the crate; what it reads and
//! writes is checked once for each product.
#![allow(unsafe_code)]

use std::arch::asm;
use std::arch::x86_64::{__cpuid_count, _xgetbv};
use std::sync::LazyLock;

/// A tile has this many rows of [`WIDTH`] bytes.
const ROWS: usize = 16;
const WIDTH: usize = 64;
/// Columns of a tile of 32-bit sums.
const COLUMNS: usize = 16;
/// Products are computed in blocks of two by two tiles.
pub(super) const BLOCK: usize = 32;

/// Whether this processor has the unit and the system lets us use it.
pub(super) fn is_there() -> bool {
    static IS_THERE: LazyLock<bool> = LazyLock::new(|| {
        const TILE_AND_INT8: u32 = 1 << 24 | 1 << 25;
        const OSXSAVE: u32 = 1 << 27;
        const TILE_STATE: u64 = 1 << 17 | 1 << 18;
        // SAFETY: XGETBV is there where OSXSAVE is set.
        let state = || unsafe { read_state() };
        __cpuid_count(0, 0).eax >= 7
            && __cpuid_count(1, 0).ecx & OSXSAVE != 0
            && __cpuid_count(7, 0).edx & TILE_AND_INT8 == TILE_AND_INT8
            && state() & TILE_STATE == TILE_STATE
            && is_permitted()
    });
    *IS_THERE
}

#[target_feature(enable = "xsave")]
unsafe fn read_state() -> u64 {
    // SAFETY: the caller knows that the instruction is there.
    unsafe { _xgetbv(0) }
}

/// Asks Linux for the state of tiles, which a process does not have from the start.
#[cfg(target_os = "linux")]
fn is_permitted() -> bool {
    const ARCH_PRCTL: u64 = 158;
    const ARCH_REQ_XCOMP_PERM: u64 = 0x1023;
    const XFEATURE_XTILEDATA: u64 = 18;
    let result: i64;
    // SAFETY: the call has no effect but the permission.
    unsafe {
        asm!(
            "syscall",
            inlateout("rax") ARCH_PRCTL => result,
            in("rdi") ARCH_REQ_XCOMP_PERM,
            in("rsi") XFEATURE_XTILEDATA,
            out("rcx") _,
            out("r11") _,
            options(nostack),
        );
    }
    result == 0
}

#[cfg(not(target_os = "linux"))]
fn is_permitted() -> bool {
    false
}

/// Whether rows of that many codes fill whole tiles.
pub(super) fn takes(inputs: usize) -> bool {
    inputs > 0 && inputs.is_multiple_of(WIDTH)
}

/// Weights laid out in tiles. Rows and columns are filled up with zeros.
pub(super) struct Tiles {
    /// In tiles.
    depth: usize,
    /// Multiple of [`BLOCK`].
    pub(super) columns: usize,
    /// Two tiles of neighbouring columns, tile by tile downwards; then the next two.
    data: Vec<i8>,
}

impl Tiles {
    /// Lays out a matrix of `columns` columns.
    pub(super) fn new(values: &[i8], columns: usize) -> Tiles {
        let rows = values.len() / columns;
        let depth = rows.div_ceil(WIDTH);
        let padded = columns.next_multiple_of(BLOCK);
        let mut data = vec![0; depth * WIDTH * padded];
        for (row, values) in values.chunks_exact(columns).enumerate() {
            for (column, &value) in values.iter().enumerate() {
                let tile = (column / BLOCK * depth + row / WIDTH) * 2 + column % BLOCK / COLUMNS;
                let line = row % WIDTH / 4;
                let at = tile * ROWS * WIDTH + line * WIDTH + column % COLUMNS * 4 + row % 4;
                data[at] = value;
            }
        }
        Tiles { depth, columns: padded, data }
    }

    /// How many numbers a row of codes has.
    pub(super) fn row(&self) -> usize {
        self.depth * WIDTH
    }

    /// `codes × matrix`, for rows of [`Tiles::row`] codes (signed, as bits), a multiple of
    /// [`BLOCK`] of them. `take` gets the sums block by block: the first row, the first column and
    /// the rows of [`BLOCK`] sums from there. A block fits the first cache, which makes tiles quick to store.
    ///
    /// # Panics
    /// If the codes are not that many, or the processor has no tiles ([`is_there`]).
    pub(super) fn multiply(&self, codes: &[u8], mut take: impl FnMut(usize, usize, &[i32])) {
        let rows = codes.len() / self.row();
        assert!(is_there() && rows.is_multiple_of(BLOCK) && codes.len() == rows * self.row());
        assert_eq!(self.data.len(), self.row() * self.columns);
        let config = Config::default();
        let mut sums = Sums([0; BLOCK * BLOCK]);
        // SAFETY: the unit is there.
        unsafe { asm!("ldtilecfg [{}]", in(reg) &config, options(nostack)) };
        for (index, panel) in self.data.chunks_exact(self.row() * BLOCK).enumerate() {
            for row in (0..rows).step_by(BLOCK) {
                // SAFETY: the unit is there and set up. A block reads two tiles of rows of `codes`
                // and `depth` pairs of tiles of a panel: all within, as just checked.
                unsafe {
                    let a = codes.as_ptr().add(row * self.row());
                    self.block(a, panel.as_ptr(), &mut sums);
                }
                take(row, index * BLOCK, &sums.0);
            }
        }
        // SAFETY: the unit is there.
        unsafe { asm!("tilerelease", options(nostack)) };
    }

    /// Two by two tiles of sums.
    #[inline(always)]
    unsafe fn block(&self, a: *const u8, b: *const i8, sums: &mut Sums) {
        let c = sums.0.as_mut_ptr();
        // SAFETY: as `multiply` says.
        unsafe {
            asm!(
                "tilezero tmm0",
                "tilezero tmm1",
                "tilezero tmm2",
                "tilezero tmm3",
                "2:",
                "tileloadd tmm4, [{a} + {row}]",
                "tileloadd tmm6, [{b} + {line}]",
                "tdpbssd tmm0, tmm4, tmm6",
                "tileloadd tmm7, [{b} + {line} + 1024]",
                "tdpbssd tmm1, tmm4, tmm7",
                "tileloadd tmm5, [{below} + {row}]",
                "tdpbssd tmm2, tmm5, tmm6",
                "tdpbssd tmm3, tmm5, tmm7",
                "add {a}, 64",
                "add {below}, 64",
                "add {b}, 2048",
                "dec {depth}",
                "jnz 2b",
                "tilestored [{c} + {out}], tmm0",
                "tilestored [{c} + {out} + 64], tmm1",
                "tilestored [{under} + {out}], tmm2",
                "tilestored [{under} + {out} + 64], tmm3",
                a = inout(reg) a => _,
                below = inout(reg) a.add(ROWS * self.row()) => _,
                b = inout(reg) b => _,
                depth = inout(reg) self.depth => _,
                row = in(reg) self.row(),
                line = in(reg) WIDTH,
                c = in(reg) c,
                under = in(reg) c.add(ROWS * BLOCK),
                out = in(reg) BLOCK * 4,
                out("tmm0") _, out("tmm1") _, out("tmm2") _, out("tmm3") _,
                out("tmm4") _, out("tmm5") _, out("tmm6") _, out("tmm7") _,
                options(nostack),
            );
        }
    }
}

/// Of a block, row by row.
#[repr(C, align(64))]
struct Sums([i32; BLOCK * BLOCK]);

/// What LDTILECFG reads: all eight tiles are full.
#[repr(C, align(64))]
struct Config {
    palette: u8,
    start: u8,
    reserved: [u8; 14],
    bytes: [u16; 16],
    rows: [u8; 16],
}

impl Default for Config {
    fn default() -> Config {
        let mut config =
            Config { palette: 1, start: 0, reserved: [0; 14], bytes: [0; 16], rows: [0; 16] };
        config.bytes[..8].fill(WIDTH as u16);
        config.rows[..8].fill(ROWS as u8);
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact() {
        if !is_there() {
            println!("skipped: this processor has no tile unit");
            return;
        }
        for (rows, depth, columns) in [(32, 64, 32), (64, 384, 51), (96, 100, 200), (32, 1536, 16)]
        {
            let number = |i: usize| ((i * 2_654_435_761) >> 7) as u8 as i8;
            let matrix: Vec<i8> = (0..depth * columns).map(|i| number(i + 9).max(-127)).collect();
            let tiles = Tiles::new(&matrix, columns);
            let mut codes = vec![0; rows * tiles.row()];
            for (row, codes) in codes.chunks_exact_mut(tiles.row()).enumerate() {
                (0..depth).for_each(|at| codes[at] = number(row * depth + at) as u8);
            }
            let mut sums = vec![7; rows * tiles.columns];
            tiles.multiply(&codes, |first, column, block| {
                for (row, block) in block.chunks(BLOCK).enumerate() {
                    let at = (first + row) * tiles.columns + column;
                    sums[at..at + BLOCK].copy_from_slice(block);
                }
            });
            for row in 0..rows {
                for column in 0..tiles.columns {
                    let product = |at: usize| {
                        i32::from(codes[row * tiles.row() + at] as i8)
                            * i32::from(matrix[at * columns + column])
                    };
                    let expected: i32 =
                        if column < columns { (0..depth).map(product).sum() } else { 0 };
                    assert_eq!(sums[row * tiles.columns + column], expected, "{row} {column}");
                }
            }
        }
    }
}
