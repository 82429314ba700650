import { Agent, get } from 'node:http';

/**
 * Asks so many times, or for so long, with a number of requests under way.
 * @throws Error for an answer other than 200
 */
export async function askMany(
  url: () => string,
  { requests, seconds, atOnce }: { requests: number; seconds: number; atOnce: number },
): Promise<{ times: number[]; wall: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  const started = performance.now();
  const deadline = started + seconds * 1000;
  let asked = 0;
  const one = async (): Promise<void> => {
    while (asked < requests && performance.now() < deadline) {
      asked++;
      times.push(await ask(url(), agent));
    }
  };
  try {
    await Promise.all(Array.from({ length: atOnce }, one));
  } finally {
    agent.destroy();
  }
  return { times, wall: (performance.now() - started) / 1000 };
}

function ask(url: string, agent: Agent): Promise<number> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    get(url, { agent }, (answer) => {
      answer.resume();
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve(performance.now() - started);
        else reject(new Error(`${url} answered ${answer.statusCode}`));
      });
    }).on('error', reject);
  });
}
