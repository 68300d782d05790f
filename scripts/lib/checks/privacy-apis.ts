/** WeChat's requirements for an API that uses personal data. */
export interface PrivacyApi {
  /** The line to tick in the console's privacy guide (用户隐私保护指引). */
  guide: string;
  /** Must also be in app.json's `requiredPrivateInfos`. */
  required?: true;
  /** Must also be in app.json's `permission`, with a `desc`. */
  permission?: string;
  /** Must also be in app.json's `requiredBackgroundModes`. */
  backgroundMode?: string;
}

const LOCATION = '收集你的位置信息';
const PLACE = '收集你选择的位置信息';
const PICKED = '收集你选中的照片或视频信息';
const MICROPHONE = '访问你的麦克风';
const CAMERA = '访问你的摄像头';
const BLUETOOTH = '访问你的蓝牙';
const ALBUM = '使用你的相册（仅写入）权限';
const CALENDAR = '使用你的日历（仅写入）权限';
const CLIPBOARD = '读取你的剪切板';
const INVOICE = '收集你的发票信息';
const PROFILE = '收集你的昵称、头像';
const PHONE = '收集你的手机号';

const located = { guide: LOCATION, required: true, permission: 'scope.userLocation' } as const;

/** From WeChat's "user privacy guide: content" and app.json `requiredPrivateInfos`; by name of the wx function. */
export const PRIVACY_APIS: Readonly<Record<string, PrivacyApi>> = {
  getLocation: located,
  onLocationChange: located,
  startLocationUpdate: located,
  startLocationUpdateBackground: {
    guide: LOCATION,
    required: true,
    permission: 'scope.userLocationBackground',
    backgroundMode: 'location',
  },
  getFuzzyLocation: { guide: LOCATION, required: true, permission: 'scope.userFuzzyLocation' },
  chooseLocation: { guide: PLACE, required: true },
  choosePoi: { guide: PLACE, required: true },
  chooseAddress: { guide: '收集你的地址', required: true },
  chooseInvoiceTitle: { guide: INVOICE },
  chooseInvoice: { guide: INVOICE },
  getWeRunData: { guide: '收集你的微信运动步数' },
  chooseLicensePlate: { guide: '收集你的车牌号' },
  chooseImage: { guide: PICKED },
  chooseMedia: { guide: PICKED },
  chooseVideo: { guide: PICKED },
  chooseMessageFile: { guide: '收集你选中的文件' },
  getRecorderManager: { guide: MICROPHONE },
  startRecord: { guide: MICROPHONE },
  joinVoIPChat: { guide: MICROPHONE },
  createVKSession: { guide: CAMERA },
  createCameraContext: { guide: CAMERA },
  openBluetoothAdapter: { guide: BLUETOOTH },
  createBLEPeripheralServer: { guide: BLUETOOTH },
  saveImageToPhotosAlbum: { guide: ALBUM },
  saveVideoToPhotosAlbum: { guide: ALBUM },
  addPhoneContact: { guide: '使用你的通讯录（仅写入）权限' },
  addPhoneCalendar: { guide: CALENDAR },
  addPhoneRepeatCalendar: { guide: CALENDAR },
  startAccelerometer: { guide: '调用你的加速传感器' },
  startCompass: { guide: '调用你的磁场传感器' },
  startDeviceMotionListening: { guide: '调用你的方向传感器' },
  startGyroscope: { guide: '调用你的陀螺仪传感器' },
  setClipboardData: { guide: CLIPBOARD },
  getClipboardData: { guide: CLIPBOARD },
  getUserInfo: { guide: PROFILE },
  getUserProfile: { guide: PROFILE },
};

/** Components that use personal data, by their WXML names. */
export const PRIVACY_MARKUP: readonly { markup: RegExp; name: string; guide: string }[] = [
  { markup: /<camera[\s>]/, name: 'camera', guide: CAMERA },
  { markup: /<live-pusher[\s>]/, name: 'live-pusher', guide: `${MICROPHONE}, ${CAMERA}` },
  { markup: /<voip-room[\s>]/, name: 'voip-room', guide: CAMERA },
];

/**
 * Values of attributes that use personal data: `open-type` of a button, `type` of an input. Taro's WXML
 * binds each attribute (`open-type="{{i.p11}}"`) and the value is in the script that renders the element.
 */
export const PRIVACY_ATTRIBUTES: readonly { attribute: string; value: string; guide: string }[] = [
  { attribute: 'open-type', value: 'getPhoneNumber', guide: PHONE },
  { attribute: 'open-type', value: 'getRealtimePhoneNumber', guide: PHONE },
  { attribute: 'open-type', value: 'chooseAvatar', guide: PROFILE },
  { attribute: 'type', value: 'nickname', guide: PROFILE },
];
