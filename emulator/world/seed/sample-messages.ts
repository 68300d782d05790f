import type { Random } from '../../faults/random';
import { MessageType } from '../../protocol/tags';
import { pictureUrl } from '../../server/pictures';
import type { NewMessage } from '../world';

/** Pairs of question and answer, so that a page of messages reads like a conversation. */
const CHINESE: readonly (readonly [string, string])[] = [
  ['早啊,到公司了吗?', '刚到,路上有点堵'],
  ['中午一起吃饭吗?', '好呀,楼下新开的那家面馆怎么样'],
  ['昨天的会议纪要你整理了吗', '整理好了,我发到群里'],
  ['周末有什么安排', '打算去爬山,要不要一起'],
  ['帮我看一下这个问题', '我看看,五分钟后回你'],
  ['新版本什么时候发', '明天下午,测试都过了'],
  ['图收到了吗', '收到了,比上一版好多了'],
  ['晚上加班吗', '不加,今天早点回去'],
  ['这个周五聚餐,你来吗', '来!在哪儿?'],
  ['刚才信号不好,再说一遍', '我说接口已经改好了,你可以试了'],
  ['谢谢你昨天帮忙 🙏', '客气什么,应该的 😄'],
  ['孩子放学谁去接', '我去,你安心开会'],
  ['高铁票买到了', '太好了,那我们车站见'],
  ['在吗', '在的,怎么了'],
];

const ENGLISH: readonly (readonly [string, string])[] = [
  ['Morning! Did the build pass?', 'Green since 9:40 ✅'],
  ['Can we move the review to 3 pm?', 'Sure, works for me'],
  ['I left two comments on your change', 'Thanks, fixed both'],
  ['Lunch?', 'Give me ten minutes'],
  ['The customer is happy with the demo 🎉', 'Great news!'],
  ['How was the trip?', 'Long, but the food made up for it'],
  ['Do you have the slides?', 'Sending them in a minute'],
  ['See you tomorrow', 'See you 👋'],
];

const EMOJI = ['😂', '👍', '🎉🎉🎉', '😭', '🤔', '❤️', '[OK]', '👏👏'];
const CAPTIONS = ['西湖', '外滩夜景', '山顶日出', '办公室的猫', 'Sunday ride', 'Whiteboard'];

function pick<T>(list: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const picked = list[Math.floor(random() * list.length)];
  if (picked === undefined) throw new Error('nothing to pick from');
  return picked;
}

/** Content of a message, without sender and time. */
export type Content = Pick<NewMessage, 'messageType' | 'text' | 'attachment'>;

function image(random: Random): Content {
  const [width, height] = pick(
    [
      [800, 600],
      [600, 800],
      [1280, 720],
    ] as const,
    random,
  );
  const caption = pick(CAPTIONS, random);
  const attachment = {
    name: `${caption}.svg`,
    ext: 'svg',
    size: 20_000 + Math.floor(random() * 400_000),
    w: width,
    h: height,
    url: pictureUrl(caption, width, height),
  };
  return { messageType: MessageType.image, attachment: JSON.stringify(attachment) };
}

function custom(random: Random): Content {
  const card = pick(
    [
      { type: 'location-share', title: '我在这里', detail: '杭州市滨江区网商路' },
      { type: 'task', title: 'Review the release notes', detail: 'due Friday' },
    ],
    random,
  );
  return { messageType: MessageType.custom, attachment: JSON.stringify(card) };
}

/** Generates endless sample messages: mostly pairs of texts, some emoji, pictures, tips and custom messages. */
export function* sampleMessages(random: Random, english: number): Generator<Content, never> {
  for (;;) {
    const kind = random();
    if (kind < 0.06) yield { text: pick(EMOJI, random) };
    else if (kind < 0.1) yield image(random);
    else if (kind < 0.115) yield custom(random);
    else if (kind < 0.125) yield { messageType: MessageType.tip, text: '以上是昨天的消息' };
    else {
      const [question, answer] = pick(random() < english ? ENGLISH : CHINESE, random);
      yield { text: question };
      yield { text: answer };
    }
  }
}
