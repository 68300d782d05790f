/**
 * The emoji codes of Yunxin's kits: the Chinese name, the English names, and the Unicode emoji with the same meaning.
 * The native and web kits send Chinese names; the uni-app kit sends the names of its language.
 */
const TABLE =
  '大笑|Laugh|😄 开心|Happy|😊 色|Sexy|😍 酷|Cool|😎 奸笑|Mischievous|😏 亲|Kiss|😘 伸舌头|Spit|😝 眯眼|Squint|😉 ' +
  '可爱|Cute|🥰 鬼脸|Grimace|😜 偷笑|Snicker|🤭 喜悦|Joy|😀 狂喜|Ecstasy|😆 惊讶|Surprise|😲 流泪|Tears|😢 ' +
  '流汗|Sweat|😓 天使|Angle|😇 笑哭|Funny|😂 尴尬|Awkward|😅 惊恐|Thrill|😨 大哭|Cry|😭 烦躁|Fretting|😫 ' +
  '恐怖|Terrorist|😱 两眼冒星|Halo|🤩 害羞|Shame|😳 睡着|Sleep|😴 冒星|Tired|😵 口罩|Mask|😷 OK|ok|🆗 ' +
  '好吧|All_right|😌 鄙视|Despise|😒 难受|Uncomfortable|😣 不屑|Disdain|🙄 不舒服|ill|🤒 愤怒|Mad|😡 鬼怪|Ghost|👻 ' +
  '发怒|Huff|😤 生气|Angry|😠 不高兴|Unhappy|🙁 皱眉|Frown|😟 心碎|Broken|💔 心动|Beckoning|💓 好的|Ok|👌 ' +
  '低级|Low|👎 赞|Nice|👍 鼓掌|Applause|👏 给力|Good_job|💪 打你|Hit|👊 阿弥陀佛|Please|🙏 拜拜|Bye|👋 ' +
  '第一|First|☝️ 拳头|Fist|✊ 手掌|Give_me_five|✋ 剪刀|Knife|✌️ 招手|Hi|🙋 不要|No|🙅 举着|Hold|🙌 思考|Think|🤔 ' +
  '猪头|Pig|🐷 不听|No_listen|🙉 不看|No_look|🙈 不说|No_words|🙊 猴子|Monkey|🐵 炸弹|Bomb|💣 睡觉|Sleeping|💤 ' +
  '筋斗云|Cloud|☁️ 火箭|Rocket|🚀 救护车|Ambulance|🚑 便便|Poop|💩';

/** A name has 13 characters at most. */
const CODE = /\[([\w\u4e00-\u9fff ]{1,13})\]/g;

let emojiByName: Map<string, string> | undefined;

/** The text with the emoji codes of Yunxin's kits, such as `[大笑]`, as Unicode emoji. Other brackets stay. */
export function withEmoji(text: string): string {
  if (!text.includes('[')) return text;
  emojiByName ??= readTable();
  const known = emojiByName;
  return text.replace(CODE, (code, name: string) => known.get(name) ?? code);
}

function readTable(): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of TABLE.split(' ')) {
    const names = line.split('|');
    const emoji = names.pop() ?? '';
    for (const name of names) found.set(name.replace(/_/g, ' '), emoji);
  }
  return found;
}
