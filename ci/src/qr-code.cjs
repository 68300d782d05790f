const Jimp = require('jimp');
const QrCodeReader = require('qrcode-reader');
const qrCodeTerminal = require('qrcode-terminal');

/** The reader loses the small squares of a large picture; the same picture, smaller, it reads. */
const WIDTHS = [undefined, 400, 320, 240, 200, 160];

/**
 * Reads the picture WeChat sent: what it says, and the same for a terminal. A picture that cannot be read is
 * no failure of the preview, the file is there; the answer is then undefined.
 */
async function readQrCode(file) {
  const picture = await Jimp.read(file).catch(() => undefined);
  if (!picture) return undefined;
  for (const width of WIDTHS) {
    const text = await decode(width ? picture.clone().resize(width, Jimp.AUTO) : picture);
    if (text === undefined) continue;
    const terminal = await new Promise((resolve) =>
      qrCodeTerminal.generate(text, { small: true }, resolve),
    );
    return { text, terminal };
  }
  return undefined;
}

function decode({ bitmap }) {
  return new Promise((resolve) => {
    const reader = new QrCodeReader();
    reader.callback = (error, value) => resolve(error ? undefined : value?.result);
    try {
      reader.decode(bitmap);
    } catch {
      resolve(undefined);
    }
  });
}

module.exports = { readQrCode };
