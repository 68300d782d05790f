import { type Entry, textsOf } from '@/i18n';

const zhCN = {
  unnamed: '未命名文件',
  uploading: '上传中 {percent}%',
  loading: '下载中 {percent}%',
  gone: '文件已失效',
  cannotOpen: '微信无法打开这种文件',
  forward: '转发给朋友',
  copyLink: '复制链接',
  linkCopied: '已复制链接',
  tapAgain: '文件已下载，再点一次即可转发',
  failed: '文件下载失败，请重试',
  listHost: '请把 {host} 加入 {list} 合法域名',
} as const;

export type FileTextKey = keyof typeof zhCN;

const en: Record<FileTextKey, Entry> = {
  unnamed: 'Unnamed file',
  uploading: 'Uploading {percent}%',
  loading: 'Downloading {percent}%',
  gone: 'The file is no longer available',
  cannotOpen: 'WeChat cannot open this type of file',
  forward: 'Forward to a friend',
  copyLink: 'Copy the link',
  linkCopied: 'The link is copied',
  tapAgain: 'Downloaded. Tap once more to forward it',
  failed: 'The file was not downloaded. Please try again',
  listHost: 'Add {host} to the {list} domains',
};

/** The texts of file messages. They travel with the packages that show messages. */
export const fileTexts = textsOf<FileTextKey>('message/file', { 'zh-CN': zhCN, en });
