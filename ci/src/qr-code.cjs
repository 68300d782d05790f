const Jimp = require('jimp');
const QrCodeReader = require('qrcode-reader');
const qrCodeTerminal = require('qrcode-terminal');

/** The reader fails on the small squares of a large picture, but reads the same picture in a smaller size. */
const WIDTHS = [undefined, 400, 320, 240, 200, 160];

/**
 * Reads the QR code in WeChat's picture: its text, and a form for a terminal. An unreadable picture is not a
 * failure of the preview, because the file exists; the result is then undefined.
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
