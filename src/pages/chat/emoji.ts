/** The panel's emoji, in Unicode: every platform draws its own, and no picture has to be loaded. */
export const EMOJI: readonly string[] = (
  '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😗 😚 😋 😛 😜 🤪 😝 🤗 🤭 🤫 🤔 🤐 😐 😑 😶 😏 ' +
  '😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤮 🤧 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😨 😰 ' +
  '😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 😤 😡 😠 😈 💀 💩 👻 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💔 💛 💚 💙 💜 ' +
  '🖤 💯 💥 💦 👋 👌 ✌ 🤞 🤟 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🤝 🙏 💪 👀 🌹 🌸 🌞 🌙 ⭐ 🔥 🎉 🎁 🎂 ' +
  '🍺 🍻 ☕ 🍉 🍓 ⚽ 🏆 🚀 ⏰ ✅ ❌ ❓'
).split(' ');

/** The text without its last character, an emoji counting as one. */
export function withoutLast(text: string): string {
  const characters = [...text];
  characters.pop();
  // A variation selector or joiner is no character of its own to the eye.
  while (['\u{fe0f}', '\u{200d}'].includes(characters.at(-1) ?? '')) characters.pop();
  return characters.join('');
}
