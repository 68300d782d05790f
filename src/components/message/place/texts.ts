import { type Entry, textsOf } from '@/i18n';

const zhCN = {
  place: '位置',
  unknown: '位置无效',
  openMap: '用地图应用打开',
  copyPosition: '复制坐标',
} as const;

export type PlaceTextKey = keyof typeof zhCN;

const en: Record<PlaceTextKey, Entry> = {
  place: 'Location',
  unknown: 'This is not a place',
  openMap: 'Open in a map app',
  copyPosition: 'Copy the coordinates',
};

/** The texts of locations. They travel with the packages that show messages. */
export const placeTexts = textsOf<PlaceTextKey>('message/place', { 'zh-CN': zhCN, en });
