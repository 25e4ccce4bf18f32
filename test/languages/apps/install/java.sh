#!/usr/bin/env bash
# Lets Maven find the packed construct for the app in the current folder, in a repository on this machine.
set -euo pipefail
cat > settings.xml <<XML
<settings>
  <profiles>
    <profile>
      <id>packed</id>
      <repositories>
        <repository>
          <id>packed</id>
          <url>file://$PROJECT/dist/java</url>
        </repository>
      </repositories>
    </profile>
  </profiles>
  <activeProfiles>
    <activeProfile>packed</activeProfile>
  </activeProfiles>
</settings>
XML
# Maven keeps what it downloaded. The packed construct has always the same version, so that a kept copy would be an old one.
repository=$PROJECT/.local/languages/maven
rm -rf "$repository/io/github/cdk-webhooks"
mkdir .mvn
printf -- '%s\n' --settings settings.xml "-Dmaven.repo.local=$repository" > .mvn/maven.config
