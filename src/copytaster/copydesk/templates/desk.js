/* The desk's script. Every page works without it. */
"use strict";
