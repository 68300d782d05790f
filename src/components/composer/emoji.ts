/** The panel's emoji, in Unicode: every platform draws its own, and no picture has to be loaded. */
export const EMOJI: readonly string[] = (
  '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😗 😚 😋 😛 😜 🤪 😝 🤗 🤭 🤫 🤔 🤐 😐 😑 😶 😏 ' +
  '😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤮 🤧 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😨 😰 ' +
  '😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 😤 😡 😠 😈 💀 💩 👻 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💔 💛 💚 💙 💜 ' +
  '🖤 💯 💥 💦 👋 👌 ✌ 🤞 🤟 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🤝 🙏 💪 👀 🌹 🌸 🌞 🌙 ⭐ 🔥 🎉 🎁 🎂 ' +
  '🍺 🍻 ☕ 🍉 🍓 ⚽ 🏆 🚀 ⏰ ✅ ❌ ❓'
).split(' ');

/** An emoji with its skin tone, selector and joined parts, or any other character. */
const LAST = lastCharacter();

/** As a literal it would keep the whole page from loading where the host's regular expressions are older. */
function lastCharacter(): RegExp {
  const emoji = String.raw`\p{Extended_Pictographic}`;
  try {
    return new RegExp(
      `(?:${emoji}(?:\\u{fe0f}|[\\u{1f3fb}-\\u{1f3ff}]|\\u{200d}${emoji})*|[^])$`,
      'u',
    );
  } catch {
    return /[^]$/u;
  }
}

/** The text without its last character, an emoji counting as one. */
export function withoutLast(text: string): string {
  return text.replace(LAST, '');
}
