import { asyncApi, text, WxFailure, type Api } from './api';
import type { WxContext } from './context';
import type { Fields } from './options';

/** Scopes of `wx.authorize`; another scope is refused. */
const SCOPES = [
  'scope.userLocation',
  'scope.userFuzzyLocation',
  'scope.record',
  'scope.camera',
  'scope.bluetooth',
  'scope.writePhotosAlbum',
  'scope.addPhoneContact',
  'scope.addPhoneCalendar',
  'scope.werun',
];

/** The function whose declaration in the privacy guide a scope needs. */
const PERSONAL: Readonly<Record<string, string>> = {
  'scope.userLocation': 'getLocation',
  'scope.userFuzzyLocation': 'getFuzzyLocation',
  'scope.record': 'getRecorderManager',
  'scope.camera': 'chooseMedia',
  'scope.writePhotosAlbum': 'saveImageToPhotosAlbum',
  'scope.addPhoneCalendar': 'addPhoneCalendar',
};

const NOT_AGREED = new WxFailure('privacy permission is not authorized', 104);

/**
 * The permissions of this user. As in WeChat, a scope is asked for once: after a refusal each request fails without a
 * question until the user changes the scope in the settings.
 */
export class Permissions {
  /** Answers so far; a scope that was never asked for is missing, as in `getSetting`. */
  readonly scopes = new Map<string, boolean>();
  /** The answer to the next question about a scope. */
  answer: 'allow' | 'refuse' = 'allow';
  /** The next visit to the settings leaves these values; scopes that were never asked for are not shown there. */
  changes: Readonly<Record<string, boolean>> = {};
  /** The privacy guide: agreed to, refused, or not yet asked for, when the next use asks. */
  guide: 'agreed' | 'refused' | 'unasked' = 'agreed';
  /** The answer to the question about the privacy guide. */
  guideAnswer: 'agree' | 'refuse' = 'agree';
  /** Functions that the privacy guide does not declare. */
  readonly undeclared = new Set<string>();
  /** Templates of subscribe messages that the mini-program has. */
  readonly templates = new Set<string>();
  /** The answer to the next question about subscribe messages. */
  subscription: 'accept' | 'reject' | 'ban' | 'filter' = 'accept';
  /** Whether subscribe messages are allowed in the settings. */
  mainSwitch = true;
  /** Questions that the user saw, by scope, `privacy` and `settings`. */
  readonly questions: string[] = [];

  /** Fails as WeChat does when the privacy guide stands against the use of a function. */
  useOf(name: string): void {
    if (this.undeclared.has(name))
      throw new WxFailure('api scope is not declared in the privacy agreement', 112);
    if (this.guide === 'agreed') return;
    this.questions.push('privacy');
    this.guide = this.guideAnswer === 'agree' ? 'agreed' : 'refused';
    if (this.guide === 'refused') throw NOT_AGREED;
  }

  /** Asks once; fails with `auth deny` after a refusal. */
  need(scope: string): void {
    if (!this.scopes.has(scope)) {
      this.questions.push(scope);
      this.scopes.set(scope, this.answer === 'allow');
    }
    // The errno differs between functions and versions; most give none.
    if (!this.scopes.get(scope)) throw new WxFailure('auth deny');
  }

  /** Asks for subscribe messages, by the ids of their templates. */
  subscribe(templates: readonly string[]): Fields {
    if (templates.some((id) => !this.templates.has(id)))
      throw new WxFailure('No template data return, verify the template id exist', undefined, {
        errCode: 20001,
      });
    if (!this.mainSwitch)
      throw new WxFailure('The main switch is switched off', undefined, { errCode: 20004 });
    this.questions.push('subscribe');
    return Object.fromEntries(templates.map((id) => [id, this.subscription]));
  }

  get authSetting(): Fields {
    return Object.fromEntries(this.scopes);
  }

  /** The user visits the settings. */
  visitSettings(): Fields {
    this.questions.push('settings');
    for (const [scope, isAllowed] of Object.entries(this.changes))
      if (this.scopes.has(scope)) this.scopes.set(scope, isAllowed);
    return { authSetting: this.authSetting };
  }
}

/** `getSetting`, `authorize`, `openSetting` and the functions of the privacy guide. */
export function makePermissions(context: WxContext, user: Permissions): Record<string, Api> {
  const api = (name: string, work: (given: Fields) => unknown) => asyncApi(context, name, work);
  return {
    getSetting: api('getSetting', () => ({
      authSetting: context.realm.fields(user.authSetting),
      subscriptionsSetting: {},
    })),
    authorize: api('authorize', ({ scope }) => {
      if (!SCOPES.includes(text(scope))) throw new WxFailure('invalid scope');
      const personal = PERSONAL[text(scope)];
      if (personal) user.useOf(personal);
      user.need(text(scope));
    }),
    requestSubscribeMessage: (given: Fields) => {
      // Read in the turn of the call: a later turn is no tap.
      const { isInTap } = context;
      return api('requestSubscribeMessage', ({ tmplIds }) => {
        if (!isInTap) throw new WxFailure('can only be invoked by user TAP gesture.');
        const templates = Array.isArray(tmplIds) ? tmplIds.map((id) => text(id)) : [];
        if (templates.length === 0 || templates.includes(''))
          throw new WxFailure("TmplIds can't be empty", undefined, { errCode: 10001 });
        if (templates.length > 3)
          throw new WxFailure('Templates count out of max bounds', undefined, { errCode: 20003 });
        return user.subscribe(templates);
      })(given as never);
    },
    openSetting: api('openSetting', () => user.visitSettings()),
    getPrivacySetting: api('getPrivacySetting', () => ({
      needAuthorization: user.guide !== 'agreed',
      privacyContractName: '《云信小程序隐私保护指引》',
    })),
    requirePrivacyAuthorize: api('requirePrivacyAuthorize', () =>
      user.useOf('requirePrivacyAuthorize'),
    ),
    openPrivacyContract: api('openPrivacyContract', () => undefined),
  };
}
