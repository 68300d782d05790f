import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';
import type { Permissions } from './permissions';

export interface ToastRecord {
  title: string;
  icon: string;
  kind: 'toast' | 'loading';
  visible: boolean;
}

export interface ModalRecord {
  title: string;
  content: string;
  showCancel: boolean;
  confirmText: string;
  cancelText: string;
  editable: boolean;
  open: boolean;
  /** The user presses the confirm button, with typed text when the modal is editable. */
  confirm(typed?: string): void;
  /** The user presses the cancel button. */
  cancel(): void;
}

export interface ActionSheetRecord {
  itemList: string[];
  open: boolean;
  /** The user picks an item, by text or index. */
  select(item: string | number): void;
  /** The user closes the sheet. */
  cancel(): void;
}

/** Everything that the app showed outside its pages, with methods for the user's answers. */
export class UiRecords {
  readonly toasts: ToastRecord[] = [];
  readonly modals: ModalRecord[] = [];
  readonly actionSheets: ActionSheetRecord[] = [];
  readonly tabBadges = new Map<number, string>();
  /** The effects of `setVisualEffectOnCapture`, in order. */
  readonly captureEffects: string[] = [];
  readonly previews: Fields[] = [];
  readonly vibrations: string[] = [];
  /** The numbers of makePhoneCall. */
  readonly phoneCalls: string[] = [];
  navigationBarTitle = '';
  /** Height of the keyboard on the screen; 0 without a keyboard. */
  keyboardHeight = 0;
  clipboard = '';

  /** The toast or loading box now on screen. */
  get toast(): ToastRecord | undefined {
    return this.toasts.filter((toast) => toast.visible).at(-1);
  }

  /** The modal now on screen. */
  get modal(): ModalRecord | undefined {
    return this.modals.filter((modal) => modal.open).at(-1);
  }

  /** The action sheet now on screen. */
  get actionSheet(): ActionSheetRecord | undefined {
    return this.actionSheets.filter((sheet) => sheet.open).at(-1);
  }

  /** Describes the visible boxes for failure texts. */
  describe(): string {
    const lines = [
      ...this.toasts.map(
        (toast) => `${toast.kind} "${toast.title}"${toast.visible ? ' (shown)' : ''}`,
      ),
      ...this.modals.map(
        (modal) => `modal "${modal.title}" "${modal.content}"${modal.open ? ' (open)' : ''}`,
      ),
      ...this.actionSheets.map(
        (sheet) => `sheet ${sheet.itemList.join(' | ')}${sheet.open ? ' (open)' : ''}`,
      ),
      ...[...this.tabBadges].map(([index, badge]) => `badge of tab ${index}: ${badge}`),
    ];
    return lines.length > 0 ? lines.join('\n') : '(nothing)';
  }
}

/** Toasts, modals, action sheets, navigation bar, tab bar badges, clipboard. */
export function makeUi(context: WxContext, ui: UiRecords, user: Permissions): Record<string, Api> {
  const api = (name: string, work: (options: Fields) => unknown) => asyncApi(context, name, work);
  const show = (kind: ToastRecord['kind'], options: Fields): void => {
    // WeChat has a single box: a toast replaces a loading box, and a loading box replaces a toast.
    ui.toasts.forEach((toast) => (toast.visible = false));
    const record = {
      title: text(options.title),
      icon: text(options.icon, 'success'),
      kind,
      visible: true,
    };
    ui.toasts.push(record);
    if (kind === 'loading') return;
    const hide = () => {
      record.visible = false;
    };
    const timer = context.clock.setTimeout(hide, Number(options.duration) || 1500);
    context.onDispose(() => context.clock.clearTimeout(timer));
  };
  const hideBox = () => ui.toasts.forEach((toast) => (toast.visible = false));

  return {
    showToast: api('showToast', (options) => show('toast', options)),
    hideToast: api('hideToast', hideBox),
    showLoading: api('showLoading', (options) => show('loading', options)),
    hideLoading: api('hideLoading', hideBox),
    showModal: api('showModal', (options) => showModal(ui, options)),
    showActionSheet: api('showActionSheet', (options) => showActionSheet(ui, options)),
    setNavigationBarTitle: api('setNavigationBarTitle', ({ title }) => {
      ui.navigationBarTitle = text(title);
    }),
    setNavigationBarColor: api('setNavigationBarColor', () => undefined),
    showNavigationBarLoading: api('showNavigationBarLoading', () => undefined),
    hideNavigationBarLoading: api('hideNavigationBarLoading', () => undefined),
    setTabBarBadge: api('setTabBarBadge', ({ index, text: badge }) => {
      ui.tabBadges.set(Number(index), String(badge));
    }),
    removeTabBarBadge: api('removeTabBarBadge', ({ index }) => {
      ui.tabBadges.delete(Number(index));
    }),
    showTabBarRedDot: api('showTabBarRedDot', ({ index }) => {
      ui.tabBadges.set(Number(index), '•');
    }),
    hideTabBarRedDot: api('hideTabBarRedDot', ({ index }) => {
      ui.tabBadges.delete(Number(index));
    }),
    setTabBarItem: api('setTabBarItem', () => undefined),
    setTabBarStyle: api('setTabBarStyle', () => undefined),
    showTabBar: api('showTabBar', () => undefined),
    hideTabBar: api('hideTabBar', () => undefined),
    setBackgroundColor: api('setBackgroundColor', () => undefined),
    setBackgroundTextStyle: api('setBackgroundTextStyle', () => undefined),
    startPullDownRefresh: api('startPullDownRefresh', () => undefined),
    stopPullDownRefresh: api('stopPullDownRefresh', () => undefined),
    pageScrollTo: api('pageScrollTo', () => undefined),
    hideKeyboard: api('hideKeyboard', () => {
      if (ui.keyboardHeight === 0) throw new WxFailure('input not exists!');
      ui.keyboardHeight = 0;
    }),
    previewImage: api('previewImage', (options) => void ui.previews.push(options)),
    previewMedia: api('previewMedia', (options) => void ui.previews.push(options)),
    setVisualEffectOnCapture: api('setVisualEffectOnCapture', ({ visualEffect }) => {
      ui.captureEffects.push(text(visualEffect, 'none'));
    }),
    vibrateShort: api('vibrateShort', ({ type }) => void ui.vibrations.push(text(type, 'short'))),
    vibrateLong: api('vibrateLong', () => void ui.vibrations.push('long')),
    makePhoneCall: api('makePhoneCall', ({ phoneNumber }) => {
      if (!text(phoneNumber)) throw new WxFailure('parameter error: phoneNumber');
      ui.phoneCalls.push(String(phoneNumber));
    }),
    setClipboardData: api('setClipboardData', ({ data }) => {
      user.useOf('setClipboardData');
      ui.clipboard = text(data);
      // WeChat itself shows this toast after every copy.
      show('toast', { title: '内容已复制', icon: 'none' });
    }),
    getClipboardData: api('getClipboardData', () => {
      user.useOf('getClipboardData');
      return { data: ui.clipboard };
    }),
    setKeepScreenOn: api('setKeepScreenOn', () => undefined),
  };
}

function showModal(ui: UiRecords, options: Fields): Promise<Fields> {
  // WeChat fails the call when a button's text has more than four characters.
  for (const button of ['confirmText', 'cancelText']) {
    if (text(options[button]).length > 4) {
      throw new WxFailure(`${button} length should not larger than 4 Chinese characters`);
    }
  }
  return new Promise((resolve) => {
    const answer = (confirm: boolean, content: string | null) => {
      if (!record.open) throw new Error(`the modal "${record.title}" is not open`);
      record.open = false;
      resolve({ confirm, cancel: !confirm, content });
    };
    const record: ModalRecord = {
      title: text(options.title),
      content: text(options.content),
      showCancel: options.showCancel !== false,
      confirmText: text(options.confirmText, '确定'),
      cancelText: text(options.cancelText, '取消'),
      editable: options.editable === true,
      open: true,
      confirm: (typed = '') => answer(true, record.editable ? typed : null),
      cancel: () => answer(false, null),
    };
    ui.modals.push(record);
  });
}

function showActionSheet(ui: UiRecords, options: Fields): Promise<Fields> {
  const itemList = Array.isArray(options.itemList) ? options.itemList.map(String) : [];
  if (itemList.length === 0)
    throw new WxFailure('parameter error: itemList should have at least one item');
  if (itemList.length > 6)
    throw new WxFailure('parameter error: itemList should not be large than 6');
  return new Promise((resolve, reject) => {
    const close = () => {
      if (!record.open) throw new Error('the action sheet is not open');
      record.open = false;
    };
    const record: ActionSheetRecord = {
      itemList,
      open: true,
      select: (item) => {
        const tapIndex = typeof item === 'number' ? item : itemList.indexOf(item);
        if (!(tapIndex in itemList))
          throw new Error(`no item "${item}" in ${itemList.join(' | ')}`);
        close();
        resolve({ tapIndex });
      },
      cancel: () => {
        close();
        reject(new WxFailure('cancel'));
      },
    };
    ui.actionSheets.push(record);
  });
}
