/** An account of the demo. The first two accounts are those of the two demo phones. */
export interface Person {
  accountId: string;
  name: string;
  sign: string;
}

export const PEOPLE: readonly Person[] = [
  { accountId: 'linxia', name: '林夏', sign: '今天也要好好吃饭' },
  { accountId: 'zhouyi', name: '周毅', sign: '代码写累了就去跑步' },
  { accountId: 'chenyu', name: '陈雨', sign: '下雨天适合读书' },
  { accountId: 'wanghao', name: '王浩', sign: '有事请留言' },
  { accountId: 'zhaomin', name: '赵敏', sign: '' },
  { accountId: 'sunqi', name: '孙琪', sign: '设计师,猫两只' },
  { accountId: 'liuyang', name: '刘洋', sign: '周末骑行' },
  { accountId: 'huangting', name: '黄婷', sign: '慢慢来,比较快' },
  { accountId: 'alice', name: 'Alice Chen', sign: 'Shanghai / Toronto' },
  { accountId: 'bob', name: 'Bob Martin', sign: 'Out of office until Monday' },
  { accountId: 'grace', name: 'Grace Liu', sign: 'Ship small, ship often' },
];

export const ECHO: Person = {
  accountId: 'echo',
  name: '回声机器人',
  sign: '你说什么,我就说什么 · I say what you say',
};
