/// <reference types="@tarojs/taro" />

declare module '*.css';
declare module '*.scss';
declare module '*.png';

declare namespace NodeJS {
  interface ProcessEnv {
    TARO_ENV?: 'weapp' | 'h5';
    /** Constants of the build (config/index.ts): the root in a host's mini-program, and the SDK's file. */
    APP_EMBED_ROOT?: string;
    APP_SDK_FILE?: string;
    TARO_APP_ID?: string;
    TARO_APP_APPKEY?: string;
    TARO_APP_LBS_URL?: string;
    TARO_APP_LINK_URL?: string;
    TARO_APP_LINK_SSL?: string;
    TARO_APP_LEGAL_REQUEST_HOSTS?: string;
    TARO_APP_LEGAL_SOCKET_HOSTS?: string;
    TARO_APP_LEGAL_UPLOAD_HOSTS?: string;
    TARO_APP_LEGAL_DOWNLOAD_HOSTS?: string;
    TARO_APP_APP_SERVER?: string;
    TARO_APP_UPLOAD_URL?: string;
    TARO_APP_STATISTICS?: string;
    TARO_APP_DEVELOPMENT?: string;
    TARO_APP_MEETING_KIT?: string;
    TARO_APP_MEETING_KIT_AT_START?: string;
  }
}
