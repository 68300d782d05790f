/** The panel's emoji, in Unicode: every platform draws its own, and no picture has to be loaded. */
export const EMOJI: readonly string[] = (
  '😀 😃 😄 😁 😆 😅 🤣 😂 🙂 🙃 😉 😊 😇 🥰 😍 😘 😗 😚 😋 😛 😜 🤪 😝 🤗 🤭 🤫 🤔 🤐 😐 😑 😶 😏 ' +
  '😒 🙄 😬 😌 😔 😪 😴 😷 🤒 🤕 🤢 🤮 🤧 🥵 🥶 😵 🤯 🤠 🥳 😎 🤓 🧐 😕 😟 🙁 😮 😯 😲 😳 🥺 😨 😰 ' +
  '😥 😢 😭 😱 😖 😣 😞 😓 😩 😫 😤 😡 😠 😈 💀 💩 👻 🙈 🙉 🙊 💋 💌 💘 💝 💖 💗 💓 💔 💛 💚 💙 💜 ' +
  '🖤 💯 💥 💦 👋 👌 ✌ 🤞 🤟 👈 👉 👆 👇 👍 👎 ✊ 👊 👏 🙌 🤝 🙏 💪 👀 🌹 🌸 🌞 🌙 ⭐ 🔥 🎉 🎁 🎂 ' +
  '🍺 🍻 ☕ 🍉 🍓 ⚽ 🏆 🚀 ⏰ ✅ ❌ ❓'
).split(' ');
