import { MessageType } from '../../protocol/tags';
import { avatarUrl, pictureUrl } from '../../server/pictures';
import { sampleFile, VOICE_S, VOICE_WAVEFORM } from '../../server/samples';
import { TeamNotice } from '../team-admin';
import type { NewMessage } from '../world';
import type { Content } from './sample-messages';

/** Content of a sample. `by` is the index of the sender among the people of the conversation. */
export type Sample = Content & Pick<NewMessage, 'serverExtension'> & { by: number };

function media(by: number, messageType: number, attachment: object, text = ''): Sample {
  return { by, messageType, text, attachment: JSON.stringify(attachment) };
}

function picture(by: number, caption: string, w: number, h: number): Sample {
  const url = pictureUrl(caption, w, h);
  return media(by, MessageType.image, {
    name: `${caption}.svg`,
    ext: 'svg',
    size: 80_000,
    w,
    h,
    url,
  });
}

/** The text names `name`, with the mention of Yunxin's kits. */
function mention(by: number, accountId: string, name: string, rest: string): Sample {
  const text = `@${name} `;
  const segments = [{ start: 0, end: text.length - 1, broken: false }];
  const serverExtension = JSON.stringify({ yxAitMsg: { [accountId]: { text, segments } } });
  return { by, text: text + rest, serverExtension };
}

/** A message of every kind that the app shows. `people` are at least two accounts. */
export function kindSamples(people: readonly { accountId: string; name: string }[]): Sample[] {
  const [first, second] = people;
  if (!first || !second) throw new Error('a conversation has two people');
  const voice: Sample = {
    ...media(1, MessageType.audio, { ...sampleFile('voice.wav'), dur: VOICE_S * 1000 }),
    serverExtension: JSON.stringify({ waveform: VOICE_WAVEFORM }),
  };
  return [
    mention(1, first.accountId, first.name, '新版本的图都在这里 [大笑][鼓掌]'),
    picture(1, '山顶日出', 1280, 720),
    picture(0, '办公室的猫', 600, 1000),
    media(0, MessageType.image, { ...sampleFile('ball.gif'), name: 'ball.gif', w: 120, h: 120 }),
    voice,
    media(1, MessageType.video, {
      ...sampleFile('walk.mp4'),
      name: 'walk.mp4',
      dur: 3000,
      w: 180,
      h: 320,
    }),
    media(0, MessageType.file, {
      ...sampleFile('plan.pdf'),
      name: '新版本发布计划（评审后最终版）.pdf',
    }),
    media(1, MessageType.file, { ...sampleFile('notes.txt'), name: '检查清单.txt' }),
    media(
      1,
      MessageType.location,
      { lat: 30.2431, lng: 120.1131, title: '浙江省杭州市西湖区龙井路 1 号' },
      '杭州西湖风景名胜区',
    ),
    { by: 0, text: '路线在 https://yunxin.163.com ,有事打 13800138000' },
    media(0, MessageType.custom, {
      type: 'nameCard',
      account: 'grace',
      name: 'Grace Liu',
      avatar: avatarUrl('Grace Liu'),
    }),
    media(1, MessageType.custom, {
      type: 'order',
      title: '无线耳机 星光白',
      price: '¥ 299.00',
      picture: '',
      url: 'https://yunxin.163.com/',
    }),
    media(1, MessageType.custom, {
      type: 101,
      data: {
        depth: 1,
        ...sampleFile('merged.txt'),
        sessionId: 'grace',
        sessionName: '云信小程序项目组',
        abstracts: [
          { senderNick: 'Grace Liu', userAccId: 'grace', content: '新版本明天下午发布 [鼓掌]' },
          { senderNick: '陈雨', userAccId: 'chenyu', content: '文案都检查过了' },
          { senderNick: '孙琪', userAccId: 'sunqi', content: '[位置]' },
        ],
      },
    }),
    media(0, MessageType.custom, { type: 'task', title: 'Review the release notes' }),
    { by: 0, messageType: MessageType.tip, text: '以上是各种消息的示例' },
  ];
}

/** The record of an answered call between two accounts. */
export function callSample(people: readonly [string, string]): Sample {
  return media(1, MessageType.call, {
    type: 2,
    channelId: 'seed-call',
    status: 1,
    durations: people.map((accid) => ({ accid, duration: 83 })),
  });
}

/** The notice of a super team that its owner, the first of the people, has invited these accounts. */
export function invitationSample(accountIds: readonly string[]): Sample {
  const attachment = { id: TeamNotice.invited[1], data: { ids: accountIds } };
  return media(0, MessageType.notification, attachment);
}
