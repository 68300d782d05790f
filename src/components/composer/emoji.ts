/** The panel's emoji, in Unicode: every platform draws its own, and no picture has to be loaded. */
export const EMOJI: readonly string[] = (
  '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😗 😚 😋 😛 😜 🤪 😝 🤗 🤭 🤫 🤔 🤐 😐 😑 😶 😏 ' +
  '😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤮 🤧 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😨 😰 ' +
  '😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 😤 😡 😠 😈 💀 💩 👻 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💔 💛 💚 💙 💜 ' +
  '🖤 💯 💥 💦 👋 👌 ✌ 🤞 🤟 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🤝 🙏 💪 👀 🌹 🌸 🌞 🌙 ⭐ 🔥 🎉 🎁 🎂 ' +
  '🍺 🍻 ☕ 🍉 🍓 ⚽ 🏆 🚀 ⏰ ✅ ❌ ❓'
).split(' ');

/** An emoji with its skin tone, selector and joined parts, or any other character. */
const LAST =
  /(?:\p{Extended_Pictographic}(?:\u{fe0f}|[\u{1f3fb}-\u{1f3ff}]|\u{200d}\p{Extended_Pictographic})*|[^])$/u;

/** The text without its last character, an emoji counting as one. */
export function withoutLast(text: string): string {
  return text.replace(LAST, '');
}
