import type { RuntimeEnv } from '../../src/env/runtime-env';

export type DomainList = 'request' | 'socket' | 'uploadFile' | 'downloadFile';

export interface VendorAddress {
  host: string;
  /** WeChat's lists that need the address; empty for an address that is never requested. */
  lists: readonly DomainList[];
  /** True when a feature is degraded without the address. */
  optional?: boolean;
  /** The address is requested only with this configuration, or with these other hosts in the package. */
  when?: (env: RuntimeEnv, written: ReadonlySet<string>) => boolean;
  why: string;
}

/** The room server of NERoom: its name in the package means that a meeting kit is there (docs/im-reuse.md). */
const MEETING_KIT = 'roomkit.netease.im';

/**
 * Addresses in third-party code of the package, with the condition under which each is requested. Read from
 * nim-web-sdk-ng 10.8.1, Taro 4.2.1 and NERoom for mini-programs 3.12.0; an address that is neither here nor in
 * the build's own lists fails the check `hosts`.
 */
export const VENDOR_ADDRESSES: readonly VendorAddress[] = [
  {
    host: 'lbs.netease.im',
    lists: [],
    why: "the SDK's own LBS address; TARO_APP_LBS_URL takes its place",
  },
  {
    host: 'statistic.live.126.net',
    lists: ['request'],
    when: ({ statistics }, written) => statistics || written.has(MEETING_KIT),
    why: "the SDK's statistics (TARO_APP_STATISTICS=on), and those of a meeting kit, which cannot be switched off",
  },
  {
    host: 'statistic-overseas.yunxinfw.com',
    lists: ['request'],
    optional: true,
    when: ({ statistics }) => statistics,
    why: "the SDK's second statistics host; asked for only with TARO_APP_STATISTICS=on",
  },
  {
    host: 'fileup.chatnos.com',
    lists: ['uploadFile'],
    optional: true,
    why: 'where the SDK uploads files when the LBS named no upload host (sign-in through linkUrl)',
  },
  {
    host: 'oss.chatnos.com',
    lists: ['uploadFile'],
    optional: true,
    why: 'the second upload host of the SDK, tried when fileup.chatnos.com fails',
  },
  {
    host: 'nim-nosdn.netease.im',
    lists: ['downloadFile', 'request'],
    optional: true,
    why: "Yunxin's default CDN: files of messages, and (request) the size of a picture just sent",
  },
  {
    host: MEETING_KIT,
    lists: ['request'],
    why: "NERoom's room server: its login and its rooms. With an address of your own in `serverUrl`, list that",
  },
  {
    host: 'roomserver.netease.im',
    lists: ['request'],
    optional: true,
    why: 'live streams of NERoom',
  },
  {
    host: 'nrtc.netease.im',
    lists: ['request'],
    optional: true,
    why: 'audio and video of NERoom',
  },
  { host: 'dr.netease.im', lists: ['request'], optional: true, why: 'reports of NERoom' },
  { host: 'roomserver-dev.netease.im', lists: [], why: 'a test server of NERoom' },
  { host: 'detect4.netease.im', lists: [], why: 'a network test of NERoom in browsers' },
  { host: 'detect6.netease.im', lists: [], why: 'a network test of NERoom in browsers' },
  { host: 'yx-web-nosdn.netease.im', lists: [], why: 'the whiteboard of NERoom in browsers' },
  { host: 'app.yunxin.163.com', lists: [], why: 'a sound of a sample, never asked for' },
  { host: 'wannos-web.127.net', lists: [], why: 'uploads in pieces, in browsers only' },
  { host: 'wanproxy-web.127.net', lists: [], why: "the browser's uploader, never used in WeChat" },
  { host: 'abt-online.netease.im', lists: [], why: "the SDK's A/B tests, switched off here" },
  { host: 'nos.netease.com', lists: [], why: 'old addresses of files, replaced by the CDN host' },
  { host: 'taro.com', lists: [], why: "base of Taro's URL parser, never asked for" },
  { host: 'reactjs.org', lists: [], why: "named in the text of React's errors" },
  {
    host: 'api.example.com',
    lists: [],
    why: 'an example in the texts of src/env; the check `environment` refuses it as a value',
  },
  { host: 'github.com', lists: [], why: 'named in texts and licences' },
];

/** Texts of vendors that look like a forbidden address but are none. */
export const ALLOWED_TEXTS: readonly { text: RegExp; why: string }[] = [
  { text: /^http:\/\/www\.w3\.org\//, why: 'a name of an XML namespace, never asked for' },
];
