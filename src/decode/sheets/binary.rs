//! Numbers in little-endian bytes, as binary workbooks have them. What lies behind the end of a record is zero.

/// The bytes of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'a>(pub(super) &'a [u8]);

impl Record<'_> {
    pub(super) fn u8(self, at: usize) -> u8 {
        self.0.get(at).copied().unwrap_or(0)
    }

    pub(super) fn u16(self, at: usize) -> u16 {
        u16::from_le_bytes([self.u8(at), self.u8(at + 1)])
    }

    pub(super) fn u32(self, at: usize) -> u32 {
        u32::from(self.u16(at)) | u32::from(self.u16(at + 2)) << 16
    }

    pub(super) fn f64(self, at: usize) -> f64 {
        f64::from_bits(u64::from(self.u32(at)) | u64::from(self.u32(at + 4)) << 32)
    }

    /// A number in 30 bits: whole or the upper half of a long one, and perhaps a hundredth.
    pub(super) fn rk(self, at: usize) -> f64 {
        let bits = self.u32(at);
        let number = match bits & 2 {
            0 => f64::from_bits(u64::from(bits & !3) << 32),
            _ => f64::from(bits.cast_signed() >> 2),
        };
        if bits & 1 == 0 { number } else { number / 100.0 }
    }

    /// So many characters of two bytes each.
    pub(super) fn wide(self, at: usize, characters: usize) -> String {
        let end = characters.checked_mul(2).and_then(|n| n.checked_add(at)).unwrap_or(usize::MAX).min(self.0.len());
        let units = self.0.get(at..end).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = units.map(|u| u16::from_le_bytes([u[0], u[1]])).collect();
        String::from_utf16_lossy(&units)
    }
}
