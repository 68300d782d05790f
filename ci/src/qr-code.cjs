const Jimp = require('jimp');
const QrCodeReader = require('qrcode-reader');
const qrCodeTerminal = require('qrcode-terminal');

/**
 * Reads the picture WeChat sent: what it says, and the same for a terminal. A picture that cannot be read is
 * no failure of the preview, the file is there; the answer is then undefined.
 */
async function readQrCode(file) {
  try {
    const { bitmap } = await Jimp.read(file);
    const text = await new Promise((resolve, reject) => {
      const reader = new QrCodeReader();
      reader.callback = (error, value) => (error ? reject(error) : resolve(value.result));
      reader.decode(bitmap);
    });
    const terminal = await new Promise((resolve) =>
      qrCodeTerminal.generate(text, { small: true }, resolve),
    );
    return { text, terminal };
  } catch {
    return undefined;
  }
}

module.exports = { readQrCode };
