import { Component, type awscdk } from 'projen';

/**
 * The pictures in the documentation: the dashboard with the data of a simulated
 * day, and the alerts. A test fails if they do not show the current texts.
 */
export class Pictures extends Component {
  constructor(project: awscdk.AwsCdkConstructLibrary) {
    super(project);

    project.addTask('pictures', {
      description: 'Draw the dashboard and the alerts, and write them to docs/pictures (needs Chromium)',
      exec: 'node --import tsx projenrc/pictures/draw-pictures.ts',
    });
    project.addTask('pictures:console', {
      description: 'Draw the console of the command-line tool, and write its pictures to docs/pictures (needs Chromium)',
      steps: [{ spawn: 'bundle' }, { exec: 'node --import tsx projenrc/pictures/draw-console.ts' }],
    });
    project.npmignore?.exclude('/docs/pictures/');
    project.gitattributes.addAttributes('/docs/pictures/pictures.json', 'linguist-generated');
  }
}
