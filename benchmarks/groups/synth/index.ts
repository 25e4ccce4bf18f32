import { CompiledApps } from './compiled-apps';
import { measureGrowth, measureModuleLoads, measureTemplates, measureTimes } from './syntheses';
import { measureTarball } from './tarball';
import type { Group } from '../../figures';

/** The rounds of each measurement. One of the growth takes as long as four of the time. */
const ROUNDS = { quick: { time: 7, load: 7, growth: 1 }, full: { time: 25, load: 25, growth: 7 } };

/** What the library costs developers: synthesis and installation. */
export const synth: Group = {
  name: 'synth',
  measure: async (options) => {
    const { quick, progress } = options;
    const rounds = quick ? ROUNDS.quick : ROUNDS.full;
    const apps = new CompiledApps();
    try {
      progress('compiling the library and its twin');
      await apps.compile();
      progress(`synthesizing and loading each ${rounds.time} times`);
      const tables = [await measureTimes(apps, rounds.time), await measureModuleLoads(apps, rounds.load), measureTemplates(apps)];
      progress('synthesizing apps with several systems');
      tables.push(measureGrowth(apps, rounds.growth));
      progress('packing the package');
      return [...tables, measureTarball(options)];
    } finally {
      apps.remove();
    }
  },
};
