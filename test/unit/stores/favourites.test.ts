import { collect, Favourites } from '@/stores/chat/favourites';
import type { V2NIMAddCollectionParams, V2NIMCollection } from '@/sdk/types';
import { message } from './fakes/builders';
import { openChat } from './fakes/chat-stage';

/** A collection on a server that answers pages, the newest first. */
async function setUp() {
  const { connection, host } = await openChat();
  const server: V2NIMCollection[] = [];
  connection.answers.set('addCollection', (params: V2NIMAddCollectionParams) => {
    const time = server.length + 1;
    const added = { ...params, collectionId: `${time}`, createTime: time, updateTime: time };
    server.push(added);
    return added;
  });
  connection.answers.set(
    'getCollectionListExByOption',
    (option: { limit: number; collectionType: number; anchorCollection?: V2NIMCollection }) => {
      const { limit, collectionType, anchorCollection } = option;
      const found = [...server]
        .reverse()
        .filter((one) => collectionType === 0 || one.collectionType === collectionType)
        .filter((one) => !anchorCollection || one.createTime < anchorCollection.createTime);
      return { totalCount: found.length, collectionList: found.slice(0, limit) };
    },
  );
  connection.answers.set('removeCollections', ([one]: [V2NIMCollection]) =>
    server.splice(server.indexOf(one), 1),
  );
  const { clock } = host;
  const add = async (fields: Parameters<typeof message>[0]) =>
    await collect(connection.asConnection(), clock, message(fields), 'Ben');
  return { connection, server, add, favourites: new Favourites(connection.asConnection(), clock) };
}

test('a collection is read page by page to its end, without a double', async () => {
  const { add, favourites } = await setUp();
  for (let i = 0; i < 45; i++) await add({ text: `t${i}` });
  await favourites.show(null);
  expect(favourites.items).toHaveLength(20);
  for (let i = 0; i < 4; i++) await favourites.more();
  expect(favourites.items.map(({ text }) => text)).toEqual(
    Array.from({ length: 45 }, (_, i) => `t${44 - i}`),
  );
  expect(favourites.hasMore).toBe(false);
});

test('a kind is shown alone, and an answer for the kind before is dropped', async () => {
  const { add, favourites } = await setUp();
  await add({ text: 'text' });
  await add({ messageType: 1 as never, text: '' });
  const all = favourites.show(null);
  await favourites.show(1);
  await all;
  expect(favourites.items.map(({ messageType }) => messageType)).toEqual([1]);
});

test('a refused page is told and can be requested again; a deleted entry goes', async () => {
  const { connection, add, favourites } = await setUp();
  await add({ text: 'a' });
  const answer = connection.answers.get('getCollectionListExByOption');
  connection.answers.set('getCollectionListExByOption', () => Promise.reject({ code: 416 }));
  await favourites.show(null);
  expect(favourites.error?.code).toBe(416);
  if (answer) connection.answers.set('getCollectionListExByOption', answer);
  await favourites.more();
  const [item] = favourites.items;
  if (!item) throw new Error('no favourite');
  await favourites.remove(item);
  expect(favourites.items).toHaveLength(0);
});

test('data of another app has empty fields', async () => {
  const { server, favourites } = await setUp();
  for (const [i, collectionData] of ['', '{', '[]', '{"text":1,"createTime":"x"}'].entries())
    server.push({
      collectionId: `${i}`,
      collectionType: 7,
      collectionData,
      createTime: i + 1,
      updateTime: 1,
    });
  await favourites.show(null);
  expect(favourites.items.map(({ text, createTime }) => [text, createTime])).toEqual(
    Array.from({ length: 4 }, () => ['', 0]),
  );
});
