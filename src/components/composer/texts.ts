import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  more: '更多',
  album: '照片',
  camera: '拍摄',
  original: '原图（{size}）',
  compressed: '压缩后发送',
  atMost: { one: '一次最多选择 {count} 个', other: '一次最多选择 {count} 个' },
  otherType: '只能选择图片和视频',
  'excess.imageSize': '图片不能超过 {limit} MB',
  'excess.videoSize': '视频不能超过 {limit} MB',
  'excess.videoLength': '视频不能超过 {limit} 秒',
  'excess.some': {
    one: '{count} 个文件没有发送：{reason}',
    other: '{count} 个文件没有发送：{reason}',
  },
  call: '视频通话',
  tooLong: '一条消息最多 {limit} 字，现在是 {count} 字，请缩短后再发',
  file: '文件',
  filesRefused: '不能发送空文件或超过 {size} 的文件',
  place: '位置',
  placeName: '给这个位置起个名字',
  emojiSearch: '搜索表情',
  emojiRecent: '最近使用',
  emojiNone: '没有找到表情',
  'emojiGroup.0': '表情与爱心',
  'emojiGroup.1': '手势与人物',
  'emojiGroup.2': '动物与植物',
  'emojiGroup.3': '食物与饮料',
  'emojiGroup.4': '出行与天气',
  'emojiGroup.5': '活动',
  'emojiGroup.6': '物品',
  'emojiGroup.7': '符号',
  card: '名片',
} as const;

export type ComposerTextKey = keyof typeof zhCN;

const en: Record<ComposerTextKey, Entry> = {
  more: 'More',
  album: 'Photos',
  camera: 'Camera',
  original: 'Original ({size})',
  compressed: 'Compressed',
  atMost: { one: 'Choose at most {count}', other: 'Choose at most {count}' },
  otherType: 'Only pictures and videos can be chosen',
  'excess.imageSize': 'A picture can have at most {limit} MB',
  'excess.videoSize': 'A video can have at most {limit} MB',
  'excess.videoLength': 'A video can have at most {limit} seconds',
  'excess.some': {
    one: '{count} file was not sent. {reason}',
    other: '{count} files were not sent. {reason}',
  },
  call: 'Video call',
  tooLong: 'A message has at most {limit} characters. Shorten this one, which has {count}',
  file: 'File',
  filesRefused: 'Files that are empty or larger than {size} cannot be sent',
  place: 'Location',
  placeName: 'Name this place',
  emojiSearch: 'Search emoji',
  emojiRecent: 'Recent',
  emojiNone: 'No emoji found',
  'emojiGroup.0': 'Smileys and hearts',
  'emojiGroup.1': 'Gestures and people',
  'emojiGroup.2': 'Animals and plants',
  'emojiGroup.3': 'Food and drink',
  'emojiGroup.4': 'Travel and weather',
  'emojiGroup.5': 'Activities',
  'emojiGroup.6': 'Objects',
  'emojiGroup.7': 'Symbols',
  card: 'Contact card',
};

/** The texts of the "+" panel. They travel with the packages that have the panel, not with the main package. */
export const composerTexts = textsOf<ComposerTextKey>('composer', {
  'zh-CN': zhCN,
  en,
} satisfies Record<Written, Record<ComposerTextKey, Entry>>);
