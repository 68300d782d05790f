import { type Entry, type Written, textsOf } from '@/i18n';

const zhCN = {
  save: '保存',
  saved: '已保存到相册',
  savedFile: '已保存',
  gone: '文件已过期或已被删除',
  saving: '正在保存…',
  picture: '图片',
  video: '视频',
  close: '关闭',
  zoom: '放大',
  original: '查看原图（{size}）',
  loadingMore: '正在加载',
  moreFailed: '没有加载出来，点击重试',
  noOlder: '没有更早的图片和视频',
  noNewer: '没有更新的图片和视频',
  broken: '图片没有加载出来，点击重试',
  retry: '重试',
  play: '播放视频',
  videoBroken: '视频无法播放',
  closed: '图片已关闭',
  closedHint: '请从聊天中打开',
} as const;

type MediaTextKey = keyof typeof zhCN;

const en: Record<MediaTextKey, Entry> = {
  save: 'Save',
  saved: 'Saved to the album',
  savedFile: 'Saved',
  gone: 'The file has expired or was deleted',
  saving: 'Saving…',
  picture: 'Picture',
  video: 'Video',
  close: 'Close',
  zoom: 'Zoom',
  original: 'Original ({size})',
  loadingMore: 'Loading',
  moreFailed: 'Not loaded. Tap to try again',
  noOlder: 'No older pictures or videos',
  noNewer: 'No newer pictures or videos',
  broken: 'The picture was not loaded. Tap to try again',
  retry: 'Try again',
  play: 'Play the video',
  videoBroken: 'The video cannot be played',
  closed: 'The picture is closed',
  closedHint: 'Open it from the chat',
};

/** The texts of pictures and videos. They travel with the packages that show them, not with the main package. */
export const mediaTexts = textsOf<MediaTextKey>('media', { 'zh-CN': zhCN, en } satisfies Record<
  Written,
  Record<MediaTextKey, Entry>
>);
