'use strict';
// index.d.ts declares the types of the events. There is no code.
