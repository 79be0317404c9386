{
 "patcher": {
  "fileversion": 1,
  "appversion": {
   "major": 8,
   "minor": 5,
   "revision": 5,
   "architecture": "x64",
   "modernui": 1
  },
  "classnamespace": "box",
  "rect": [
   80.0,
   100.0,
   790.0,
   229.0
  ],
  "bglocked": 0,
  "openinpresentation": 1,
  "default_fontsize": 12.0,
  "default_fontface": 0,
  "default_fontname": "Arial",
  "gridonopen": 1,
  "gridsize": [
   15.0,
   15.0
  ],
  "gridsnaponopen": 1,
  "objectsnaponopen": 1,
  "statusbarvisible": 2,
  "toolbarvisible": 1,
  "lefttoolbarpinned": 0,
  "toptoolbarpinned": 0,
  "righttoolbarpinned": 0,
  "bottomtoolbarpinned": 0,
  "toolbars_unpinned_last_save": 0,
  "tallnewobj": 0,
  "boxanimatetime": 200,
  "enablehscroll": 1,
  "enablevscroll": 1,
  "devicewidth": 0.0,
  "description": "",
  "digest": "",
  "tags": "",
  "style": "",
  "subpatcher_template": "",
  "assistshowspatchername": 0,
  "boxes": [
   {
    "box": {
     "id": "obj-1",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      20,
      20,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "loadbang"
    }
   },
   {
    "box": {
     "id": "obj-2",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20,
      50,
      47,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "t b b"
    }
   },
   {
    "box": {
     "id": "obj-3",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      110,
      82,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "metro 2000"
    }
   },
   {
    "box": {
     "id": "obj-4",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      80,
      40,
      22
     ],
     "text": "1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-5",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      140,
      75,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "int 17771"
    }
   },
   {
    "box": {
     "id": "obj-6",
     "maxclass": "number",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      200,
      110,
      60,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "parameter_enable": 0
    }
   },
   {
    "box": {
     "id": "obj-7",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      170,
      215,
      22
     ],
     "text": "/livehost/subscribe $1 all 30",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-8",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      20,
      260,
      173,
      22
     ],
     "outlettype": [],
     "text": "udpsend 127.0.0.1 17770"
    }
   },
   {
    "box": {
     "id": "obj-9",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      20,
      124,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "udpreceive 17771"
    }
   },
   {
    "box": {
     "id": "obj-10",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      200,
      140,
      61,
      22
     ],
     "text": "port $1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-11",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      300,
      200,
      110,
      22
     ],
     "text": "host 127.0.0.1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-12",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      420,
      200,
      82,
      22
     ],
     "text": "port 17770",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-13",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      300,
      50,
      173,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/confirm"
    }
   },
   {
    "box": {
     "id": "obj-14",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      80,
      187,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/confirm"
    }
   },
   {
    "box": {
     "id": "obj-15",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      480,
      80,
      33,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "t l"
    }
   },
   {
    "box": {
     "id": "obj-16",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      230,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "gate 1 0"
    }
   },
   {
    "box": {
     "id": "obj-17",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      100,
      80,
      82,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "delay 1000"
    }
   },
   {
    "box": {
     "id": "obj-18",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      100,
      110,
      40,
      22
     ],
     "text": "1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-19",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      100,
      200,
      33,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "t l"
    }
   },
   {
    "box": {
     "id": "obj-20",
     "maxclass": "inlet",
     "numinlets": 0,
     "numoutlets": 1,
     "patching_rect": [
      160,
      230,
      47,
      22
     ],
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-21",
     "maxclass": "outlet",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      600,
      110,
      54,
      22
     ],
     "outlettype": []
    }
   },
   {
    "box": {
     "id": "obj-22",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      350,
      50,
      50
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      6.0,
      6.0,
      50.0,
      50.0
     ],
     "parameter_enable": 1,
     "varname": "panic",
     "annotation": "all voices fade, queued notes are dropped, every MIDI note ends, and nothing plays until /livehost/start; 1 (a button) means the default fade",
     "annotation_name": "panic",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "panic",
       "parameter_shortname": "panic",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     },
     "activebgoncolor": [
      1.0,
      0.9,
      0.9,
      1.0
     ],
     "bgcolor": [
      0.88,
      0.25,
      0.19,
      1.0
     ],
     "activebgcolor": [
      0.88,
      0.25,
      0.19,
      1.0
     ]
    }
   },
   {
    "box": {
     "id": "obj-23",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      350,
      117,
      22
     ],
     "text": "/livehost/panic",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-24",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      380,
      60,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      4.0,
      58.0,
      60.0,
      16.0
     ],
     "text": "PANIC",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-25",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      410,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      6.0,
      84.0,
      18.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "start",
     "annotation": "play again, after a panic or a stop; with a tempo, open a piece in silence: what has a line of its own plays; 1 is a button, and no tempo",
     "annotation_name": "start",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "start",
       "parameter_shortname": "start",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-26",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      410,
      117,
      22
     ],
     "text": "/livehost/start",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-27",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      440,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      26.0,
      85.0,
      40.0,
      16.0
     ],
     "text": "start",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-28",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      470,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      6.0,
      106.0,
      18.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "stop",
     "annotation": "no new sound until /livehost/start; what sounds rings out",
     "annotation_name": "stop",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "stop",
       "parameter_shortname": "stop",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-29",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      470,
      110,
      22
     ],
     "text": "/livehost/stop",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-30",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      500,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      26.0,
      107.0,
      40.0,
      16.0
     ],
     "text": "stop",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-31",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      530,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      446.0,
      146.0,
      18.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "approve",
     "annotation": "more like the last choice",
     "annotation_name": "approve",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "approve",
       "parameter_shortname": "approve",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-32",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      530,
      131,
      22
     ],
     "text": "/livehost/approve",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-33",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      560,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      466.0,
      147.0,
      40.0,
      16.0
     ],
     "text": "approve",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-34",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      590,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      516.0,
      146.0,
      18.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "reject",
     "annotation": "never again tonight",
     "annotation_name": "reject",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "reject",
       "parameter_shortname": "reject",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-35",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      590,
      124,
      22
     ],
     "text": "/livehost/reject",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-36",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      620,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      536.0,
      147.0,
      40.0,
      16.0
     ],
     "text": "reject",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-37",
     "maxclass": "live.button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      650,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      584.0,
      146.0,
      18.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "change",
     "annotation": "another one now",
     "annotation_name": "change",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "change",
       "parameter_shortname": "change",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-38",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      380,
      650,
      124,
      22
     ],
     "text": "/livehost/change",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-39",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      680,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      604.0,
      147.0,
      40.0,
      16.0
     ],
     "text": "change",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-40",
     "maxclass": "live.toggle",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      710,
      16,
      16
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      6.0,
      128.0,
      16.0,
      16.0
     ],
     "parameter_enable": 1,
     "varname": "mute",
     "annotation": "output off, without a click",
     "annotation_name": "mute",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "mute",
       "parameter_shortname": "mute",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2,
       "parameter_initial": [
        0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-41",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      710,
      166,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/mute"
    }
   },
   {
    "box": {
     "id": "obj-42",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      710,
      152,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/mute"
    }
   },
   {
    "box": {
     "id": "obj-43",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      710,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-44",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      740,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      26.0,
      128.0,
      40.0,
      16.0
     ],
     "text": "mute",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-45",
     "maxclass": "live.toggle",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      260,
      770,
      16,
      16
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      6.0,
      148.0,
      16.0,
      16.0
     ],
     "parameter_enable": 1,
     "varname": "bypass",
     "annotation": "live input passed through, livehost's voices off",
     "annotation_name": "bypass",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "bypass",
       "parameter_shortname": "bypass",
       "parameter_modmode": 0,
       "parameter_enum": [
        "off",
        "on"
       ],
       "parameter_mmax": 1,
       "parameter_type": 2,
       "parameter_initial": [
        0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-46",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      770,
      180,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/bypass"
    }
   },
   {
    "box": {
     "id": "obj-47",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      770,
      166,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/bypass"
    }
   },
   {
    "box": {
     "id": "obj-48",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      770,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-49",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      800,
      40,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      26.0,
      148.0,
      40.0,
      16.0
     ],
     "text": "bypass",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-50",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      830,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      140.0,
      2.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "master gain_db",
     "annotation": "gain of all that livehost plays",
     "annotation_name": "master gain_db",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "master gain_db",
       "parameter_shortname": "master gain",
       "parameter_modmode": 0,
       "parameter_mmin": -90.0,
       "parameter_mmax": 12.0,
       "parameter_type": 0,
       "parameter_unitstyle": 4,
       "parameter_initial": [
        0.0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-51",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      830,
      236,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/master/gain_db"
    }
   },
   {
    "box": {
     "id": "obj-52",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      830,
      222,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/master/gain_db"
    }
   },
   {
    "box": {
     "id": "obj-53",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      830,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-54",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      860,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      200.0,
      2.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "input gain_db",
     "annotation": "gain of what is heard",
     "annotation_name": "input gain_db",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "input gain_db",
       "parameter_shortname": "input gain",
       "parameter_modmode": 0,
       "parameter_mmin": -60.0,
       "parameter_mmax": 40.0,
       "parameter_type": 0,
       "parameter_unitstyle": 4,
       "parameter_initial": [
        0.0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-55",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      860,
      229,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/input/gain_db"
    }
   },
   {
    "box": {
     "id": "obj-56",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      860,
      215,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/input/gain_db"
    }
   },
   {
    "box": {
     "id": "obj-57",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      860,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-58",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      890,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      260.0,
      2.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model follow",
     "annotation": "1: mirror what is heard, 0.5: respond to it, 0: the player's own line",
     "annotation_name": "model follow",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model follow",
       "parameter_shortname": "follow",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.7
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-59",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      890,
      222,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/follow"
    }
   },
   {
    "box": {
     "id": "obj-60",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      890,
      208,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/follow"
    }
   },
   {
    "box": {
     "id": "obj-61",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      890,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-62",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      920,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      320.0,
      2.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model temperature",
     "annotation": "0: always the best; higher: bolder",
     "annotation_name": "model temperature",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model temperature",
       "parameter_shortname": "temperature",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 10.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.5
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-63",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      920,
      257,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/temperature"
    }
   },
   {
    "box": {
     "id": "obj-64",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      920,
      243,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/temperature"
    }
   },
   {
    "box": {
     "id": "obj-65",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      920,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-66",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      950,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      2.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model density",
     "annotation": "share of what it could play that it plays: of the onsets that are answered, of the notes of its line",
     "annotation_name": "model density",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model density",
       "parameter_shortname": "density",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        1.0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-67",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      950,
      229,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/density"
    }
   },
   {
    "box": {
     "id": "obj-68",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      950,
      215,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/density"
    }
   },
   {
    "box": {
     "id": "obj-69",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      950,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-70",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      980,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      140.0,
      60.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model space",
     "annotation": "how far its own line thins out while the musician is busy (duo)",
     "annotation_name": "model space",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model space",
       "parameter_shortname": "space",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.7
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-71",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      980,
      215,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/space"
    }
   },
   {
    "box": {
     "id": "obj-72",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      980,
      201,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/space"
    }
   },
   {
    "box": {
     "id": "obj-73",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      980,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-74",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      1010,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      200.0,
      60.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model unison",
     "annotation": "share of the strokes that it expects of the musician with which it strikes along (duo)",
     "annotation_name": "model unison",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model unison",
       "parameter_shortname": "unison",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.1
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-75",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1010,
      222,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/unison"
    }
   },
   {
    "box": {
     "id": "obj-76",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1010,
      208,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/unison"
    }
   },
   {
    "box": {
     "id": "obj-77",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      1010,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-78",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      1040,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      260.0,
      60.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model memory",
     "annotation": "share of a choice that what followed before in this session has; 0: none",
     "annotation_name": "model memory",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model memory",
       "parameter_shortname": "memory",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.3
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-79",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1040,
      222,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/memory"
    }
   },
   {
    "box": {
     "id": "obj-80",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1040,
      208,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/memory"
    }
   },
   {
    "box": {
     "id": "obj-81",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      1040,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-82",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      1070,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      320.0,
      60.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "model balance_db",
     "annotation": "loudness of the answers against the musician's",
     "annotation_name": "model balance_db",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model balance_db",
       "parameter_shortname": "balance",
       "parameter_modmode": 0,
       "parameter_mmin": -60.0,
       "parameter_mmax": 20.0,
       "parameter_type": 0,
       "parameter_unitstyle": 4,
       "parameter_initial": [
        -3.0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-83",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1070,
      250,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/balance_db"
    }
   },
   {
    "box": {
     "id": "obj-84",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1070,
      236,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/balance_db"
    }
   },
   {
    "box": {
     "id": "obj-85",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      1070,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-86",
     "maxclass": "live.dial",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      260,
      1100,
      58,
      52
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      380.0,
      60.0,
      58.0,
      52.0
     ],
     "parameter_enable": 1,
     "varname": "listen sensitivity",
     "annotation": "0: only the clearest onsets; 1: the faintest too",
     "annotation_name": "listen sensitivity",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "listen sensitivity",
       "parameter_shortname": "sensitivity",
       "parameter_modmode": 0,
       "parameter_mmin": 0.0,
       "parameter_mmax": 1.0,
       "parameter_type": 0,
       "parameter_unitstyle": 1,
       "parameter_initial": [
        0.5
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-87",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1100,
      264,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/listen/sensitivity"
    }
   },
   {
    "box": {
     "id": "obj-88",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1100,
      250,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/listen/sensitivity"
    }
   },
   {
    "box": {
     "id": "obj-89",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      180,
      1100,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-90",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "patching_rect": [
      260,
      1130,
      90,
      18
     ],
     "outlettype": [
      "",
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      140.0,
      140.0,
      90.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "model player",
     "annotation": "who answers: the model, the nearest sound, nobody, or the model that plays notes",
     "annotation_name": "model player",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model player",
       "parameter_shortname": "player",
       "parameter_modmode": 0,
       "parameter_enum": [
        "bank",
        "nearest",
        "off",
        "performance"
       ],
       "parameter_mmax": 3,
       "parameter_type": 2,
       "parameter_initial": [
        0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-91",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1130,
      222,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/player"
    }
   },
   {
    "box": {
     "id": "obj-92",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1130,
      208,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/player"
    }
   },
   {
    "box": {
     "id": "obj-93",
     "maxclass": "newobj",
     "numinlets": 5,
     "numoutlets": 5,
     "patching_rect": [
      20,
      1160,
      250,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "route bank nearest off performance"
    }
   },
   {
    "box": {
     "id": "obj-94",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      1190,
      47,
      22
     ],
     "text": "set 0",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-95",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      80,
      1220,
      47,
      22
     ],
     "text": "set 1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-96",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      140,
      1250,
      47,
      22
     ],
     "text": "set 2",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-97",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      200,
      1280,
      47,
      22
     ],
     "text": "set 3",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-98",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1310,
      90,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      140.0,
      124.0,
      90.0,
      16.0
     ],
     "text": "player",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-99",
     "maxclass": "live.menu",
     "numinlets": 1,
     "numoutlets": 3,
     "patching_rect": [
      260,
      1340,
      90,
      18
     ],
     "outlettype": [
      "",
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      290.0,
      140.0,
      90.0,
      18.0
     ],
     "parameter_enable": 1,
     "varname": "model mode",
     "annotation": "duo: its own line in the musician's time; answer: to each onset; continue: by itself, in time; call: phrase for phrase",
     "annotation_name": "model mode",
     "saved_attribute_attributes": {
      "valueof": {
       "parameter_longname": "model mode",
       "parameter_shortname": "mode",
       "parameter_modmode": 0,
       "parameter_enum": [
        "duo",
        "answer",
        "continue",
        "call"
       ],
       "parameter_mmax": 3,
       "parameter_type": 2,
       "parameter_initial": [
        0
       ],
       "parameter_initial_enable": 1
      }
     }
    }
   },
   {
    "box": {
     "id": "obj-100",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      380,
      1340,
      208,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend /livehost/model/mode"
    }
   },
   {
    "box": {
     "id": "obj-101",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1340,
      194,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/model/mode"
    }
   },
   {
    "box": {
     "id": "obj-102",
     "maxclass": "newobj",
     "numinlets": 5,
     "numoutlets": 5,
     "patching_rect": [
      20,
      1370,
      222,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "route duo answer continue call"
    }
   },
   {
    "box": {
     "id": "obj-103",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      1400,
      47,
      22
     ],
     "text": "set 0",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-104",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      80,
      1430,
      47,
      22
     ],
     "text": "set 1",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-105",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      140,
      1460,
      47,
      22
     ],
     "text": "set 2",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-106",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      200,
      1490,
      47,
      22
     ],
     "text": "set 3",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-107",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1520,
      90,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      290.0,
      124.0,
      90.0,
      16.0
     ],
     "text": "mode",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-108",
     "maxclass": "newobj",
     "numinlets": 3,
     "numoutlets": 3,
     "patching_rect": [
      20,
      1550,
      320,
      22
     ],
     "outlettype": [
      "",
      "",
      ""
     ],
     "text": "route /livehost/meter/in /livehost/meter/out"
    }
   },
   {
    "box": {
     "id": "obj-109",
     "maxclass": "newobj",
     "numinlets": 4,
     "numoutlets": 1,
     "patching_rect": [
      20,
      1610,
      117,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pak 0. 0. 0. 0."
    }
   },
   {
    "box": {
     "id": "obj-110",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1580,
      96,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "unpack 0. 0."
    }
   },
   {
    "box": {
     "id": "obj-111",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      160,
      1580,
      96,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "unpack 0. 0."
    }
   },
   {
    "box": {
     "id": "obj-112",
     "maxclass": "multislider",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      20,
      1640,
      56,
      100
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      72.0,
      6.0,
      56.0,
      100.0
     ],
     "setminmax": [
      -60.0,
      0.0
     ],
     "setstyle": 1,
     "settype": 1,
     "orientation": 1,
     "size": 4,
     "ignoreclick": 1,
     "parameter_enable": 0
    }
   },
   {
    "box": {
     "id": "obj-113",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1580,
      56,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      76.0,
      108.0,
      56.0,
      16.0
     ],
     "text": "in    out",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-114",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      400,
      1550,
      166,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/status"
    }
   },
   {
    "box": {
     "id": "obj-115",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      400,
      1580,
      89,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "unpack s 0."
    }
   },
   {
    "box": {
     "id": "obj-116",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      400,
      1610,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-117",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      400,
      1640,
      40,
      22
     ],
     "text": "",
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      66.0,
      140.0,
      66.0,
      18.0
     ]
    }
   },
   {
    "box": {
     "id": "obj-118",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      560,
      1550,
      187,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "route /livehost/heartbeat"
    }
   },
   {
    "box": {
     "id": "obj-119",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      560,
      1580,
      33,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "t b"
    }
   },
   {
    "box": {
     "id": "obj-120",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      560,
      1610,
      82,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "delay 3000"
    }
   },
   {
    "box": {
     "id": "obj-121",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      560,
      1640,
      68,
      22
     ],
     "text": "set gone",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-122",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1610,
      66,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      66.0,
      124.0,
      66.0,
      16.0
     ],
     "text": "livehost is",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-123",
     "maxclass": "newobj",
     "numinlets": 5,
     "numoutlets": 5,
     "patching_rect": [
      20,
      1760,
      726,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "route /livehost/event/sample /livehost/event/onset /livehost/attention/mean /livehost/event/heard_beat"
    }
   },
   {
    "box": {
     "id": "obj-124",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 8,
     "patching_rect": [
      20,
      1790,
      194,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "unpack 0 s 0. 0 0. 0. 0. 0"
    }
   },
   {
    "box": {
     "id": "obj-125",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      1820,
      89,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend set"
    }
   },
   {
    "box": {
     "id": "obj-126",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      120,
      1850,
      40,
      22
     ],
     "text": "",
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      446.0,
      4.0,
      168.0,
      18.0
     ]
    }
   },
   {
    "box": {
     "id": "obj-127",
     "maxclass": "flonum",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      240,
      1820,
      40,
      20
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      446.0,
      24.0,
      40.0,
      20.0
     ],
     "ignoreclick": 1,
     "parameter_enable": 0,
     "numdecimalplaces": 2
    }
   },
   {
    "box": {
     "id": "obj-128",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1790,
      64,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      488.0,
      26.0,
      64.0,
      16.0
     ],
     "text": "probability",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-129",
     "maxclass": "flonum",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      320,
      1820,
      40,
      20
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      552.0,
      24.0,
      40.0,
      20.0
     ],
     "ignoreclick": 1,
     "parameter_enable": 0,
     "numdecimalplaces": 2
    }
   },
   {
    "box": {
     "id": "obj-130",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1820,
      64,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      594.0,
      26.0,
      64.0,
      16.0
     ],
     "text": "ms to decide",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-131",
     "maxclass": "flonum",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      400,
      1820,
      40,
      20
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      658.0,
      24.0,
      40.0,
      20.0
     ],
     "ignoreclick": 1,
     "parameter_enable": 0,
     "numdecimalplaces": 2
    }
   },
   {
    "box": {
     "id": "obj-132",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1850,
      64,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      700.0,
      26.0,
      64.0,
      16.0
     ],
     "text": "ms to sound",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-133",
     "maxclass": "button",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      500,
      1820,
      18,
      18
     ],
     "outlettype": [
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      618.0,
      4.0,
      18.0,
      18.0
     ],
     "parameter_enable": 0
    }
   },
   {
    "box": {
     "id": "obj-134",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1880,
      38,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      638.0,
      5.0,
      38.0,
      16.0
     ],
     "text": "onset",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-135",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 6,
     "patching_rect": [
      900,
      1790,
      159,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "unpack 0 0 0 0. 0. 0."
    }
   },
   {
    "box": {
     "id": "obj-136",
     "maxclass": "flonum",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      900,
      1820,
      44,
      18
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      680.0,
      4.0,
      44.0,
      18.0
     ],
     "ignoreclick": 1,
     "parameter_enable": 0,
     "numdecimalplaces": 0
    }
   },
   {
    "box": {
     "id": "obj-137",
     "maxclass": "live.comment",
     "numinlets": 1,
     "numoutlets": 0,
     "patching_rect": [
      900,
      1910,
      36,
      16
     ],
     "outlettype": [],
     "presentation": 1,
     "presentation_rect": [
      726.0,
      5.0,
      36.0,
      16.0
     ],
     "text": "bpm",
     "textjustification": 0
    }
   },
   {
    "box": {
     "id": "obj-138",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      640,
      1790,
      47,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "t l l"
    }
   },
   {
    "box": {
     "id": "obj-139",
     "maxclass": "newobj",
     "numinlets": 2,
     "numoutlets": 2,
     "patching_rect": [
      700,
      1820,
      61,
      22
     ],
     "outlettype": [
      "",
      ""
     ],
     "text": "maximum"
    }
   },
   {
    "box": {
     "id": "obj-140",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      700,
      1850,
      110,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "prepend setmax"
    }
   },
   {
    "box": {
     "id": "obj-141",
     "maxclass": "multislider",
     "numinlets": 1,
     "numoutlets": 2,
     "patching_rect": [
      640,
      1880,
      316,
      94
     ],
     "outlettype": [
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      446.0,
      48.0,
      316.0,
      94.0
     ],
     "setminmax": [
      0.0,
      1.0
     ],
     "setstyle": 1,
     "settype": 1,
     "orientation": 1,
     "size": 256,
     "ignoreclick": 1,
     "parameter_enable": 0,
     "spacing": 0
    }
   },
   {
    "box": {
     "id": "obj-142",
     "maxclass": "umenu",
     "numinlets": 1,
     "numoutlets": 3,
     "patching_rect": [
      20,
      2090,
      116,
      20
     ],
     "outlettype": [
      "",
      "",
      ""
     ],
     "presentation": 1,
     "presentation_rect": [
      646.0,
      146.0,
      116.0,
      20.0
     ],
     "items": [
      "Safety",
      ",",
      "Hands",
      ",",
      "Transport and time",
      ",",
      "Model",
      ",",
      "Model 2",
      ",",
      "Model 3",
      ",",
      "Bank",
      ",",
      "Parts after the first",
      ",",
      "Parts after the first 2",
      ",",
      "Parts after the first 3",
      ",",
      "Scenes",
      ",",
      "Input engine recording",
      ",",
      "MIDI",
      ",",
      "Other settings"
     ],
     "parameter_enable": 0
    }
   },
   {
    "box": {
     "id": "obj-143",
     "maxclass": "newobj",
     "numinlets": 15,
     "numoutlets": 15,
     "patching_rect": [
      20,
      2120,
      257,
      22
     ],
     "outlettype": [
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      "",
      ""
     ],
     "text": "sel 0 1 2 3 4 5 6 7 8 9 10 11 12 13"
    }
   },
   {
    "box": {
     "id": "obj-144",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2150,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       132.0,
       350.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          50,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "halted",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          166,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/halted"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          110,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "reset",
         "annotation": "the player forgets what it has heard",
         "annotation_name": "reset",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "reset",
           "parameter_shortname": "reset",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          117,
          22
         ],
         "text": "/livehost/reset",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          140,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "reset",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          170,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "failsafe",
         "annotation": "the player without a network answers in place of every model",
         "annotation_name": "failsafe",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "failsafe",
           "parameter_shortname": "failsafe",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          194,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/failsafe"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          200,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "failsafe",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          180,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/failsafe"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          230,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "master limiter",
         "annotation": "keep the output under the ceiling",
         "annotation_name": "master limiter",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "master limiter",
           "parameter_shortname": "limiter",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/master/limiter"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          260,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "master limiter",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/master/limiter"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "master ceiling_db",
         "annotation": "the highest peak that leaves livehost",
         "annotation_name": "master ceiling_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "master ceiling_db",
           "parameter_shortname": "ceiling",
           "parameter_modmode": 0,
           "parameter_mmin": -24.0,
           "parameter_mmax": 0.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            -1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/master/ceiling_db"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/master/ceiling_db"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Safety",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-145",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2150,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-146",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2150,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-147",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2180,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       132.0,
       288.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          50,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "move a setting by a step: a number by so much, a choice to the next word, a switch to its other side; the name of a setting that parts have (density) moves it in every part that plays"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          50,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          50,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          50,
          166,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/step"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "step",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "rest",
         "annotation": "nothing new for so many whole bars, counted from the next one, 256 at most; 0 or nothing: until told otherwise, or no rest any more where there is one",
         "annotation_name": "rest",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "rest",
           "parameter_shortname": "rest",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 256.0,
           "parameter_type": 0,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          166,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/rest"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          140,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "resting",
         "annotation": "no part plays anything new; while the transport plays, from bar to bar",
         "annotation_name": "resting",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "resting",
           "parameter_shortname": "resting",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          187,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/resting"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          170,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "resting",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          173,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/resting"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          200,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "record toggle",
         "annotation": "start recording, or stop it",
         "annotation_name": "record toggle",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "record toggle",
           "parameter_shortname": "toggle",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          173,
          22
         ],
         "text": "/livehost/record/toggle",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          230,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "record toggle",
         "textjustification": 0
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Hands",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-148",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2180,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-149",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2180,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-150",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2210,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       356.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          50,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "transport play",
         "annotation": "start at the next bar, behind the count-in; beats are told from then on",
         "annotation_name": "transport play",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "transport play",
           "parameter_shortname": "play",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          180,
          22
         ],
         "text": "/livehost/transport/play",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "transport play",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          110,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "transport continue",
         "annotation": "the same, with the bar behind the one in which it was stopped",
         "annotation_name": "transport continue",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "transport continue",
           "parameter_shortname": "continue",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          208,
          22
         ],
         "text": "/livehost/transport/continue",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          140,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "transport continue",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          170,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "transport stop",
         "annotation": "no more beats; what sounds, and who answers, goes on",
         "annotation_name": "transport stop",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "transport stop",
           "parameter_shortname": "stop",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          180,
          22
         ],
         "text": "/livehost/transport/stop",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          200,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "transport stop",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          230,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          260,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "transport state",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/transport/state"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "tempo bpm",
         "annotation": "tempo; that of the source, where it gives one",
         "annotation_name": "tempo bpm",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo bpm",
           "parameter_shortname": "bpm",
           "parameter_modmode": 0,
           "parameter_mmin": 20.0,
           "parameter_mmax": 999.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            120.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/bpm"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/bpm"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          320,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          338.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "tempo source",
         "annotation": "whose beat it is: livehost's own clock, one that is tapped, the musician's as heard, MIDI clock in, Ableton Link, JACK's transport",
         "annotation_name": "tempo source",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo source",
           "parameter_shortname": "source",
           "parameter_modmode": 0,
           "parameter_enum": [
            "internal",
            "tap",
            "heard",
            "midi",
            "link",
            "jack"
           ],
           "parameter_mmax": 5,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/source"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          350,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "tempo source",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          320,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/source"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 7,
         "numoutlets": 7,
         "patching_rect": [
          20,
          380,
          285,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          "",
          "",
          "",
          ""
         ],
         "text": "route internal tap heard midi link jack"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          410,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          440,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          470,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          200,
          500,
          47,
          22
         ],
         "text": "set 3",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          530,
          47,
          22
         ],
         "text": "set 4",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          320,
          560,
          47,
          22
         ],
         "text": "set 5",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          590,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "tempo quantum",
         "annotation": "beats of a bar",
         "annotation_name": "tempo quantum",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo quantum",
           "parameter_shortname": "quantum",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 32,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            4
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          590,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/quantum"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          590,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/quantum"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          590,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          620,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "tempo countin",
         "annotation": "bars that are counted in before the transport plays",
         "annotation_name": "tempo countin",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo countin",
           "parameter_shortname": "countin",
           "parameter_modmode": 0,
           "parameter_mmin": 0,
           "parameter_mmax": 8,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          620,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/countin"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          620,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/countin"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          620,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          650,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "tempo offset_ms",
         "annotation": "livehost's beat comes this much later than that of its source; below 0: earlier",
         "annotation_name": "tempo offset_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo offset_ms",
           "parameter_shortname": "offset",
           "parameter_modmode": 0,
           "parameter_mmin": -500.0,
           "parameter_mmax": 500.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          650,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/offset_ms"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          650,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/offset_ms"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          650,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          680,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          214.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "tempo quantise_play",
         "annotation": "a sound that is played by hand waits for the next beat, or bar",
         "annotation_name": "tempo quantise_play",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo quantise_play",
           "parameter_shortname": "quantise play",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "beat",
            "bar"
           ],
           "parameter_mmax": 2,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          680,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/quantise_play"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          710,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "tempo quantise play",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          680,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/quantise_play"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 4,
         "numoutlets": 4,
         "patching_rect": [
          20,
          740,
          138,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "text": "route off beat bar"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          770,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          800,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          830,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          860,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          276.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "tempo clock_out",
         "annotation": "send MIDI clock to the MIDI outputs",
         "annotation_name": "tempo clock_out",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo clock_out",
           "parameter_shortname": "clock out",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          860,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/tempo/clock_out"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          890,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "tempo clock out",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          860,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/clock_out"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          860,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          920,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          338.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "tempo tap",
         "annotation": "tap along: three taps give the tempo",
         "annotation_name": "tempo tap",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "tempo tap",
           "parameter_shortname": "tap",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          920,
          145,
          22
         ],
         "text": "/livehost/tempo/tap",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          950,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "tempo tap",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          980,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          28.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          1010,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "tempo peers",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          980,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/tempo/peers"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          980,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          1
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          2
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          3
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          4
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          5
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          1
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          2
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Transport_and_time",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-151",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2210,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-152",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2210,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-153",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2240,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       244.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          50,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model respond",
         "annotation": "play at all",
         "annotation_name": "model respond",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model respond",
           "parameter_shortname": "respond",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/respond"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "model respond",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/respond"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model top_k",
         "annotation": "choose among this many",
         "annotation_name": "model top_k",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model top_k",
           "parameter_shortname": "top k",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 256,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            8
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/top_k"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          110,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/top_k"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          110,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          140,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model top_p",
         "annotation": "choose among the likeliest that together have this probability",
         "annotation_name": "model top_p",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model top_p",
           "parameter_shortname": "top p",
           "parameter_modmode": 0,
           "parameter_mmin": 0.01,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/top_p"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/top_p"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model repeat",
         "annotation": "penalty for what was played lately: 0 none, 1 hard",
         "annotation_name": "model repeat",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model repeat",
           "parameter_shortname": "repeat",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/repeat"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/repeat"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          200,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model answer_delay_ms",
         "annotation": "every answer exactly this long after its onset, chosen by what is heard until then; 0: as soon as possible, chosen before",
         "annotation_name": "model answer_delay_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model answer_delay_ms",
           "parameter_shortname": "answer delay",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 2000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            12.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          285,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/answer_delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          271,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/answer_delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          200,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model gain_db",
         "annotation": "gain of the answers",
         "annotation_name": "model gain_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model gain_db",
           "parameter_shortname": "gain",
           "parameter_modmode": 0,
           "parameter_mmin": -60.0,
           "parameter_mmax": 12.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/gain_db"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/gain_db"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          260,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model dynamics",
         "annotation": "how far an answer follows the loudness of what it answers",
         "annotation_name": "model dynamics",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model dynamics",
           "parameter_shortname": "dynamics",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.7
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/dynamics"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/dynamics"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          260,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          290,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          90.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model choke",
         "annotation": "an answer fades out the one before",
         "annotation_name": "model choke",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model choke",
           "parameter_shortname": "choke",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/choke"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          320,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "model choke",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/choke"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          350,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model phrase_gap_ms",
         "annotation": "a silence this long ends a phrase",
         "annotation_name": "model phrase_gap_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model phrase_gap_ms",
           "parameter_shortname": "phrase gap",
           "parameter_modmode": 0,
           "parameter_mmin": 100.0,
           "parameter_mmax": 10000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            700.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          350,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/phrase_gap_ms"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          350,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/phrase_gap_ms"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          350,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          380,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model late_ms",
         "annotation": "a model that takes longer has player nearest stand in",
         "annotation_name": "model late_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model late_ms",
           "parameter_shortname": "late",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            5.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          380,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/late_ms"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          380,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/late_ms"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          380,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          410,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model voices",
         "annotation": "sounds that answer together",
         "annotation_name": "model voices",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model voices",
           "parameter_shortname": "voices",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 4,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          410,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/voices"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          410,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/voices"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          410,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          440,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          338.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model quantise",
         "annotation": "all that it plays waits for the next place of this grid, in the musician's beat and swing; t: triplets",
         "annotation_name": "model quantise",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model quantise",
           "parameter_shortname": "quantise",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "1/4",
            "1/8",
            "1/16",
            "1/4t",
            "1/8t",
            "1/16t"
           ],
           "parameter_mmax": 6,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          440,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/quantise"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          470,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "model quantise",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          440,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/quantise"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 8,
         "numoutlets": 8,
         "patching_rect": [
          20,
          500,
          278,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          ""
         ],
         "text": "route off 1/4 1/8 1/16 1/4t 1/8t 1/16t"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          530,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          560,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          590,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          200,
          620,
          47,
          22
         ],
         "text": "set 3",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          650,
          47,
          22
         ],
         "text": "set 4",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          320,
          680,
          47,
          22
         ],
         "text": "set 5",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          710,
          47,
          22
         ],
         "text": "set 6",
         "outlettype": [
          ""
         ]
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          1
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          2
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          3
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          4
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          5
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          6
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Model",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-154",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2240,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-155",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2240,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-156",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2270,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       356.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          50,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model yield",
         "annotation": "how fast what rings fades when the musician begins a phrase: 0 not at all, 1 at once (duo, continue, call)",
         "annotation_name": "model yield",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model yield",
           "parameter_shortname": "yield",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/yield"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/yield"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          80,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model lookahead_ms",
         "annotation": "notes are thought of this long before they sound",
         "annotation_name": "model lookahead_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model lookahead_ms",
           "parameter_shortname": "lookahead",
           "parameter_modmode": 0,
           "parameter_mmin": 50.0,
           "parameter_mmax": 500.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            150.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          80,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/lookahead_ms"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          80,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/lookahead_ms"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          80,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model note_temperature",
         "annotation": "of the choice of notes; 0: always the likeliest, higher: bolder",
         "annotation_name": "model note_temperature",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model note_temperature",
           "parameter_shortname": "note temperature",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 4.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          292,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/note_temperature"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          110,
          278,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/note_temperature"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          110,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          140,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model note_density",
         "annotation": "notes a second that are asked for; 0: as many as it likes",
         "annotation_name": "model note_density",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model note_density",
           "parameter_shortname": "note density",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 30.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/note_density"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/note_density"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_00",
         "annotation": "how much of pitch class 0 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_00",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_00",
           "parameter_shortname": "pitch 00",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_00"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_00"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          200,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_01",
         "annotation": "how much of pitch class 1 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_01",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_01",
           "parameter_shortname": "pitch 01",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_01"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_01"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          200,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_02",
         "annotation": "how much of pitch class 2 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_02",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_02",
           "parameter_shortname": "pitch 02",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_02"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_02"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          260,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_03",
         "annotation": "how much of pitch class 3 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_03",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_03",
           "parameter_shortname": "pitch 03",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_03"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_03"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          260,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_04",
         "annotation": "how much of pitch class 4 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_04",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_04",
           "parameter_shortname": "pitch 04",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_04"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_04"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          320,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_05",
         "annotation": "how much of pitch class 5 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_05",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_05",
           "parameter_shortname": "pitch 05",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_05"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          320,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_05"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          320,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          350,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_06",
         "annotation": "how much of pitch class 6 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_06",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_06",
           "parameter_shortname": "pitch 06",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          350,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_06"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          350,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_06"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          350,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          380,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_07",
         "annotation": "how much of pitch class 7 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_07",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_07",
           "parameter_shortname": "pitch 07",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          380,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_07"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          380,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_07"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          380,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          410,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_08",
         "annotation": "how much of pitch class 8 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_08",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_08",
           "parameter_shortname": "pitch 08",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          410,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_08"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          410,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_08"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          410,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          440,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_09",
         "annotation": "how much of pitch class 9 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_09",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_09",
           "parameter_shortname": "pitch 09",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          440,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_09"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          440,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_09"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          440,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          470,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_10",
         "annotation": "how much of pitch class 10 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_10",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_10",
           "parameter_shortname": "pitch 10",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          470,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_10"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          470,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_10"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          470,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Model_2",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-157",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2270,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-158",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2270,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-159",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2300,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       356.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          50,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model pitch_11",
         "annotation": "how much of pitch class 11 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "model pitch_11",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model pitch_11",
           "parameter_shortname": "pitch 11",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/pitch_11"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/pitch_11"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          80,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model hold",
         "annotation": "pitch classes and density stay as they are, whatever is heard",
         "annotation_name": "model hold",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model hold",
           "parameter_shortname": "hold",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          80,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/hold"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          110,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "model hold",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          80,
          194,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/hold"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          80,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          140,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model polyphony",
         "annotation": "notes that it plays at once, at most",
         "annotation_name": "model polyphony",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model polyphony",
           "parameter_shortname": "polyphony",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 64,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            12
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/polyphony"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/polyphony"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model max_note_s",
         "annotation": "a note of its own ends after this time at the latest",
         "annotation_name": "model max_note_s",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model max_note_s",
           "parameter_shortname": "max note s",
           "parameter_modmode": 0,
           "parameter_mmin": 0.05,
           "parameter_mmax": 60.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            6.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          236,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          200,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model velocity_low",
         "annotation": "the softest of its velocities",
         "annotation_name": "model velocity_low",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model velocity_low",
           "parameter_shortname": "velocity low",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 127,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/velocity_low"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/velocity_low"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          200,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "model velocity_high",
         "annotation": "the loudest of its velocities",
         "annotation_name": "model velocity_high",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model velocity_high",
           "parameter_shortname": "velocity high",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 127,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            127
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/velocity_high"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/velocity_high"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          260,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          28.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model note_sounds",
         "annotation": "its notes sound through the bank, by root pitch and rate, besides going out as MIDI",
         "annotation_name": "model note_sounds",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model note_sounds",
           "parameter_shortname": "note sounds",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/note_sounds"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          290,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "model note sounds",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/note_sounds"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          260,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          320,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          90.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model listen",
         "annotation": "hear onsets at all",
         "annotation_name": "model listen",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model listen",
           "parameter_shortname": "listen",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/listen"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          350,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "model listen",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          320,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/listen"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          320,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          380,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          152.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "model after_panic",
         "annotation": "after a panic, play again when told to (/livehost/start, a key), or at the next onset",
         "annotation_name": "model after_panic",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model after_panic",
           "parameter_shortname": "after panic",
           "parameter_modmode": 0,
           "parameter_enum": [
            "wait",
            "onset"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          380,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/after_panic"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          410,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "model after panic",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          380,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/after_panic"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 3,
         "numoutlets": 3,
         "patching_rect": [
          20,
          440,
          124,
          22
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "text": "route wait onset"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          470,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          500,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          530,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          214.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          560,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "model seed",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          530,
          194,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/seed"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          530,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          590,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          276.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "another model, an export"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          590,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          590,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          590,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/load"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          620,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "model load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          650,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          338.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "model context clear",
         "annotation": "the player forgets what it has heard",
         "annotation_name": "model context clear",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "model context clear",
           "parameter_shortname": "clear",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          650,
          215,
          22
         ],
         "text": "/livehost/model/context/clear",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          680,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "context clear",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          710,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "keep the context under a name"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          710,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          710,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          710,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/context/save"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          740,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "context save",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          770,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          90.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "go on from a kept one"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          770,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          770,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          770,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/model/context/load"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          800,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "context load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          830,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          152.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          860,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "context length",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          830,
          264,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/model/context/length"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          830,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          1
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-63",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-65",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-69",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-70",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Model_3",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-160",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2300,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-161",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2300,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-162",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2330,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       244.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          50,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "another bank: the name of a folder beside that of the bank"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          50,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          50,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          50,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/bank/load"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "bank load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          60.0,
          20.0
         ],
         "hint": "answers the item's index and name",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/bank/name"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          140,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "bank name",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          60.0,
          20.0
         ],
         "hint": "play an item by hand",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/bank/play"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          200,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "bank play",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          60.0,
          20.0
         ],
         "hint": "the item may be chosen",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/bank/allow"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          260,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "bank allow",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          276.0,
          60.0,
          20.0
         ],
         "hint": "the item may not be chosen",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/bank/deny"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          320,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "bank deny",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          350,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          338.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "bank reset",
         "annotation": "all items may be chosen again",
         "annotation_name": "bank reset",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "bank reset",
           "parameter_shortname": "reset",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          350,
          152,
          22
         ],
         "text": "/livehost/bank/reset",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          380,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "bank reset",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          410,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          28.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          440,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "bank size",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          410,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/bank/size"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          410,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Bank",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-163",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2330,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-164",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2330,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-165",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2360,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       468.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          50,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 player",
         "annotation": "part 1: who answers: the model, the nearest sound, nobody, or the model that plays notes",
         "annotation_name": "part 1 player",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 player",
           "parameter_shortname": "player",
           "parameter_modmode": 0,
           "parameter_enum": [
            "bank",
            "nearest",
            "off",
            "performance"
           ],
           "parameter_mmax": 3,
           "parameter_type": 2,
           "parameter_initial": [
            2
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/player"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "1 player",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/player"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 5,
         "numoutlets": 5,
         "patching_rect": [
          20,
          110,
          250,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          "",
          ""
         ],
         "text": "route bank nearest off performance"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          140,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          170,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          200,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          200,
          230,
          47,
          22
         ],
         "text": "set 3",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          260,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 mode",
         "annotation": "part 1: duo: its own line in the musician's time; answer: to each onset; continue: by itself, in time; call: phrase for phrase",
         "annotation_name": "part 1 mode",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 mode",
           "parameter_shortname": "mode",
           "parameter_modmode": 0,
           "parameter_enum": [
            "duo",
            "answer",
            "continue",
            "call"
           ],
           "parameter_mmax": 3,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/mode"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          290,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "1 mode",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/mode"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 5,
         "numoutlets": 5,
         "patching_rect": [
          20,
          320,
          222,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          "",
          ""
         ],
         "text": "route duo answer continue call"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          350,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          380,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          410,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          200,
          440,
          47,
          22
         ],
         "text": "set 3",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          470,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 respond",
         "annotation": "part 1: play at all",
         "annotation_name": "part 1 respond",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 respond",
           "parameter_shortname": "respond",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          470,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/respond"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          500,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "1 respond",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          470,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/respond"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          470,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          530,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 temperature",
         "annotation": "part 1: 0: always the best; higher: bolder",
         "annotation_name": "part 1 temperature",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 temperature",
           "parameter_shortname": "temperature",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 10.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          530,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/temperature"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          530,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/temperature"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          530,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          560,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 top_k",
         "annotation": "part 1: choose among this many",
         "annotation_name": "part 1 top_k",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 top_k",
           "parameter_shortname": "top k",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 256,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            8
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          560,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/top_k"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          560,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/top_k"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          560,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          590,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 top_p",
         "annotation": "part 1: choose among the likeliest that together have this probability",
         "annotation_name": "part 1 top_p",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 top_p",
           "parameter_shortname": "top p",
           "parameter_modmode": 0,
           "parameter_mmin": 0.01,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          590,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/top_p"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          590,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/top_p"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          590,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          620,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 repeat",
         "annotation": "part 1: penalty for what was played lately: 0 none, 1 hard",
         "annotation_name": "part 1 repeat",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 repeat",
           "parameter_shortname": "repeat",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          620,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/repeat"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          620,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/repeat"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          620,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          650,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 density",
         "annotation": "part 1: share of what it could play that it plays: of the onsets that are answered, of the notes of its line",
         "annotation_name": "part 1 density",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 density",
           "parameter_shortname": "density",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          650,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/density"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          650,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/density"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          650,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          680,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 follow",
         "annotation": "part 1: 1: mirror what is heard, 0.5: respond to it, 0: the player's own line",
         "annotation_name": "part 1 follow",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 follow",
           "parameter_shortname": "follow",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.7
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          680,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/follow"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          680,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/follow"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          680,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          710,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 answer_delay_ms",
         "annotation": "part 1: every answer exactly this long after its onset, chosen by what is heard until then; 0: as soon as possible, chosen before",
         "annotation_name": "part 1 answer_delay_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 answer_delay_ms",
           "parameter_shortname": "answer delay",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 2000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            12.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          710,
          292,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/answer_delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          710,
          278,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/answer_delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          710,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          740,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 gain_db",
         "annotation": "part 1: gain of the answers",
         "annotation_name": "part 1 gain_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 gain_db",
           "parameter_shortname": "gain",
           "parameter_modmode": 0,
           "parameter_mmin": -60.0,
           "parameter_mmax": 12.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          740,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/gain_db"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          740,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/gain_db"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          740,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          770,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 dynamics",
         "annotation": "part 1: how far an answer follows the loudness of what it answers",
         "annotation_name": "part 1 dynamics",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 dynamics",
           "parameter_shortname": "dynamics",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.7
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          770,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/dynamics"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          770,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/dynamics"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          770,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          800,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          28.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 choke",
         "annotation": "part 1: an answer fades out the one before",
         "annotation_name": "part 1 choke",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 choke",
           "parameter_shortname": "choke",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          800,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/choke"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          830,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "1 choke",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          800,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/choke"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          800,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          860,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 phrase_gap_ms",
         "annotation": "part 1: a silence this long ends a phrase",
         "annotation_name": "part 1 phrase_gap_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 phrase_gap_ms",
           "parameter_shortname": "phrase gap",
           "parameter_modmode": 0,
           "parameter_mmin": 100.0,
           "parameter_mmax": 10000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            700.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          860,
          278,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/phrase_gap_ms"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          860,
          264,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/phrase_gap_ms"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          860,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          890,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 late_ms",
         "annotation": "part 1: a model that takes longer has player nearest stand in",
         "annotation_name": "part 1 late_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 late_ms",
           "parameter_shortname": "late",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            5.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          890,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/late_ms"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          890,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/late_ms"
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          890,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          920,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 voices",
         "annotation": "part 1: sounds that answer together",
         "annotation_name": "part 1 voices",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 voices",
           "parameter_shortname": "voices",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 4,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          920,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/voices"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          920,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/voices"
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          920,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          950,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          276.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 quantise",
         "annotation": "part 1: all that it plays waits for the next place of this grid, in the musician's beat and swing; t: triplets",
         "annotation_name": "part 1 quantise",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 quantise",
           "parameter_shortname": "quantise",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "1/4",
            "1/8",
            "1/16",
            "1/4t",
            "1/8t",
            "1/16t"
           ],
           "parameter_mmax": 6,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          950,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/quantise"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          980,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "1 quantise",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          950,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/quantise"
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "newobj",
         "numinlets": 8,
         "numoutlets": 8,
         "patching_rect": [
          20,
          1010,
          278,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          "",
          "",
          "",
          "",
          ""
         ],
         "text": "route off 1/4 1/8 1/16 1/4t 1/8t 1/16t"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          1040,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-85",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          1070,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-86",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          1100,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-87",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          200,
          1130,
          47,
          22
         ],
         "text": "set 3",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-88",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          1160,
          47,
          22
         ],
         "text": "set 4",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-89",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          320,
          1190,
          47,
          22
         ],
         "text": "set 5",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-90",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          1220,
          47,
          22
         ],
         "text": "set 6",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-91",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          1250,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 space",
         "annotation": "part 1: how far its own line thins out while the musician is busy (duo)",
         "annotation_name": "part 1 space",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 space",
           "parameter_shortname": "space",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.7
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-92",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          1250,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/space"
        }
       },
       {
        "box": {
         "id": "obj-93",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          1250,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/space"
        }
       },
       {
        "box": {
         "id": "obj-94",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          1250,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-95",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          1280,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 unison",
         "annotation": "part 1: share of the strokes that it expects of the musician with which it strikes along (duo)",
         "annotation_name": "part 1 unison",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 unison",
           "parameter_shortname": "unison",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-96",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          1280,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/unison"
        }
       },
       {
        "box": {
         "id": "obj-97",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          1280,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/unison"
        }
       },
       {
        "box": {
         "id": "obj-98",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          1280,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          1
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          2
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          3
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          1
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          2
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          3
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-63",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-65",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-66",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-66",
          0
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-68",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-69",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-70",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-72",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-73",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          0
         ],
         "destination": [
          "obj-71",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-76",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-77",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-77",
          0
         ],
         "destination": [
          "obj-78",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-78",
          0
         ],
         "destination": [
          "obj-75",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-80",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-82",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-82",
          0
         ],
         "destination": [
          "obj-83",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-84",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          1
         ],
         "destination": [
          "obj-85",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-85",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          2
         ],
         "destination": [
          "obj-86",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-86",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          3
         ],
         "destination": [
          "obj-87",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-87",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          4
         ],
         "destination": [
          "obj-88",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-88",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          5
         ],
         "destination": [
          "obj-89",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-89",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          6
         ],
         "destination": [
          "obj-90",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-90",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-91",
          0
         ],
         "destination": [
          "obj-92",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-92",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-93",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-93",
          0
         ],
         "destination": [
          "obj-94",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-94",
          0
         ],
         "destination": [
          "obj-91",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-95",
          0
         ],
         "destination": [
          "obj-96",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-96",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-97",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-97",
          0
         ],
         "destination": [
          "obj-98",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-98",
          0
         ],
         "destination": [
          "obj-95",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Parts_after_the_first",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-166",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2360,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-167",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2360,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-168",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2390,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       468.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          50,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 yield",
         "annotation": "part 1: how fast what rings fades when the musician begins a phrase: 0 not at all, 1 at once (duo, continue, call)",
         "annotation_name": "part 1 yield",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 yield",
           "parameter_shortname": "yield",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/yield"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/yield"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          80,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 memory",
         "annotation": "part 1: share of a choice that what followed before in this session has; 0: none",
         "annotation_name": "part 1 memory",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 memory",
           "parameter_shortname": "memory",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.3
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          80,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/memory"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          80,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/memory"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          80,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 balance_db",
         "annotation": "part 1: loudness of the answers against the musician's",
         "annotation_name": "part 1 balance_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 balance_db",
           "parameter_shortname": "balance",
           "parameter_modmode": 0,
           "parameter_mmin": -60.0,
           "parameter_mmax": 20.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            -3.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/balance_db"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          110,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/balance_db"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          110,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          140,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 lookahead_ms",
         "annotation": "part 1: notes are thought of this long before they sound",
         "annotation_name": "part 1 lookahead_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 lookahead_ms",
           "parameter_shortname": "lookahead",
           "parameter_modmode": 0,
           "parameter_mmin": 50.0,
           "parameter_mmax": 500.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            150.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/lookahead_ms"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/lookahead_ms"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 note_temperature",
         "annotation": "part 1: of the choice of notes; 0: always the likeliest, higher: bolder",
         "annotation_name": "part 1 note_temperature",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 note_temperature",
           "parameter_shortname": "note temperature",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 4.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          299,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/note_temperature"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          285,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/note_temperature"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          200,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 note_density",
         "annotation": "part 1: notes a second that are asked for; 0: as many as it likes",
         "annotation_name": "part 1 note_density",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 note_density",
           "parameter_shortname": "note density",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 30.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/note_density"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/note_density"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          200,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_00",
         "annotation": "part 1: how much of pitch class 0 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_00",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_00",
           "parameter_shortname": "pitch 00",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_00"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_00"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          260,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_01",
         "annotation": "part 1: how much of pitch class 1 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_01",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_01",
           "parameter_shortname": "pitch 01",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_01"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_01"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          260,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_02",
         "annotation": "part 1: how much of pitch class 2 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_02",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_02",
           "parameter_shortname": "pitch 02",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_02"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_02"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          320,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_03",
         "annotation": "part 1: how much of pitch class 3 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_03",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_03",
           "parameter_shortname": "pitch 03",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_03"
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          320,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_03"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          320,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          350,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_04",
         "annotation": "part 1: how much of pitch class 4 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_04",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_04",
           "parameter_shortname": "pitch 04",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          350,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_04"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          350,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_04"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          350,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          380,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_05",
         "annotation": "part 1: how much of pitch class 5 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_05",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_05",
           "parameter_shortname": "pitch 05",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          380,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_05"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          380,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_05"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          380,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          410,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_06",
         "annotation": "part 1: how much of pitch class 6 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_06",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_06",
           "parameter_shortname": "pitch 06",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          410,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_06"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          410,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_06"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          410,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          440,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_07",
         "annotation": "part 1: how much of pitch class 7 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_07",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_07",
           "parameter_shortname": "pitch 07",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          440,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_07"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          440,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_07"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          440,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          470,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_08",
         "annotation": "part 1: how much of pitch class 8 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_08",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_08",
           "parameter_shortname": "pitch 08",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          470,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_08"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          470,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_08"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          470,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          500,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_09",
         "annotation": "part 1: how much of pitch class 9 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_09",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_09",
           "parameter_shortname": "pitch 09",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          500,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_09"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          500,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_09"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          500,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          530,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_10",
         "annotation": "part 1: how much of pitch class 10 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_10",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_10",
           "parameter_shortname": "pitch 10",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          530,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_10"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          530,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_10"
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          530,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          560,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 pitch_11",
         "annotation": "part 1: how much of pitch class 11 (0: C) is asked for; all 0: as it likes",
         "annotation_name": "part 1 pitch_11",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 pitch_11",
           "parameter_shortname": "pitch 11",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            0.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          560,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/pitch_11"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          560,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/pitch_11"
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          560,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          590,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          28.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 hold",
         "annotation": "part 1: pitch classes and density stay as they are, whatever is heard",
         "annotation_name": "part 1 hold",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 hold",
           "parameter_shortname": "hold",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          590,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/hold"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          620,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "1 hold",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          590,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/hold"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          590,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-65",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-66",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-66",
          0
         ],
         "destination": [
          "obj-63",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-68",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-69",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-70",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-72",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-73",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          0
         ],
         "destination": [
          "obj-71",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-76",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-78",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-78",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-75",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Parts_after_the_first_2",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-169",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2390,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-170",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2390,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-171",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2420,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       468.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          50,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 polyphony",
         "annotation": "part 1: notes that it plays at once, at most",
         "annotation_name": "part 1 polyphony",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 polyphony",
           "parameter_shortname": "polyphony",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 64,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            12
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/polyphony"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          236,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/polyphony"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          80,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 max_note_s",
         "annotation": "part 1: a note of its own ends after this time at the latest",
         "annotation_name": "part 1 max_note_s",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 max_note_s",
           "parameter_shortname": "max note s",
           "parameter_modmode": 0,
           "parameter_mmin": 0.05,
           "parameter_mmax": 60.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            6.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          80,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          80,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          80,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          110,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 velocity_low",
         "annotation": "part 1: the softest of its velocities",
         "annotation_name": "part 1 velocity_low",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 velocity_low",
           "parameter_shortname": "velocity low",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 127,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          110,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/velocity_low"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          110,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/velocity_low"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          110,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          140,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 velocity_high",
         "annotation": "part 1: the loudest of its velocities",
         "annotation_name": "part 1 velocity_high",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 velocity_high",
           "parameter_shortname": "velocity high",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 127,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            127
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          140,
          278,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/velocity_high"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          264,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/velocity_high"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          170,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          276.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 note_sounds",
         "annotation": "part 1: its notes sound through the bank, by root pitch and rate, besides going out as MIDI",
         "annotation_name": "part 1 note_sounds",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 note_sounds",
           "parameter_shortname": "note sounds",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/note_sounds"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          200,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "1 note sounds",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/note_sounds"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 midi_channel",
         "annotation": "part 1: MIDI channel of its notes",
         "annotation_name": "part 1 midi_channel",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 midi_channel",
           "parameter_shortname": "midi channel",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 16,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            2
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/midi_channel"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/part/1/midi_channel"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          260,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "another model, an export"
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          260,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          260,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          260,
          215,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/load"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          290,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "1 load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          320,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          90.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 context clear",
         "annotation": "the player forgets what it has heard",
         "annotation_name": "part 1 context clear",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 context clear",
           "parameter_shortname": "clear",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          222,
          22
         ],
         "text": "/livehost/part/1/context/clear",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          350,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "context clear",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          380,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          152.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "keep the context under a name"
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          380,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          380,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          380,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/context/save"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          410,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "context save",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          440,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          214.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "go on from a kept one"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          440,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          440,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          440,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/context/load"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          470,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "context load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          500,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          276.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 approve",
         "annotation": "more like the last choice",
         "annotation_name": "part 1 approve",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 approve",
           "parameter_shortname": "approve",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          500,
          180,
          22
         ],
         "text": "/livehost/part/1/approve",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          530,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "1 approve",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          560,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          338.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 reject",
         "annotation": "never again tonight",
         "annotation_name": "part 1 reject",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 reject",
           "parameter_shortname": "reject",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          560,
          173,
          22
         ],
         "text": "/livehost/part/1/reject",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          590,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "1 reject",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          620,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          28.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 change",
         "annotation": "another one now",
         "annotation_name": "part 1 change",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 change",
           "parameter_shortname": "change",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          620,
          173,
          22
         ],
         "text": "/livehost/part/1/change",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          650,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "1 change",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          680,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          90.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "another bank: the name of a folder beside that of the bank"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          680,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          680,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          680,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/bank/load"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          710,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "bank load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          740,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          152.0,
          60.0,
          20.0
         ],
         "hint": "answers the item's index and name",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          740,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/bank/name"
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          770,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "bank name",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          800,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          214.0,
          60.0,
          20.0
         ],
         "hint": "play an item by hand",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          800,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/bank/play"
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          830,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "bank play",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          860,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          276.0,
          60.0,
          20.0
         ],
         "hint": "the item may be chosen",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          860,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/bank/allow"
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          890,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "bank allow",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "number",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          920,
          60,
          20
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          338.0,
          60.0,
          20.0
         ],
         "hint": "the item may not be chosen",
         "parameter_enable": 0
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          920,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/part/1/bank/deny"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          950,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "bank deny",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          980,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          28.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "part 1 bank reset",
         "annotation": "all items may be chosen again",
         "annotation_name": "part 1 bank reset",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "part 1 bank reset",
           "parameter_shortname": "reset",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          980,
          201,
          22
         ],
         "text": "/livehost/part/1/bank/reset",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          1010,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "bank reset",
         "textjustification": 0
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-66",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-70",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-72",
          0
         ],
         "destination": [
          "obj-73",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Parts_after_the_first_3",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-172",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2420,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-173",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2420,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-174",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2450,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       132.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          50,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "keep all live settings, and what is loaded, under a name"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          50,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          50,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          50,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/scene/save"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "scene save",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          110,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "set everything that a kept scene names"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          110,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          110,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          110,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/scene/load"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          140,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "scene load",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          170,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "scene next",
         "annotation": "the scene that comes next by name: a folder of scenes is a set list",
         "annotation_name": "scene next",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "scene next",
           "parameter_shortname": "next",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          152,
          22
         ],
         "text": "/livehost/scene/next",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          200,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "scene next",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          230,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "scene prev",
         "annotation": "the one before",
         "annotation_name": "scene prev",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "scene prev",
           "parameter_shortname": "prev",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          152,
          22
         ],
         "text": "/livehost/scene/prev",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          260,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "scene prev",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          290,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          276.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "scene list",
         "annotation": "answers with the names of all scenes, in their order",
         "annotation_name": "scene list",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "scene list",
           "parameter_shortname": "list",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          152,
          22
         ],
         "text": "/livehost/scene/list",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          320,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "scene list",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          350,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          338.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          380,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "scene current",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          350,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/scene/current"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          350,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Scenes",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-175",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2450,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-176",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2450,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-177",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2480,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       468.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          50,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "input gate_db",
         "annotation": "nothing quieter than this is an onset",
         "annotation_name": "input gate_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "input gate_db",
           "parameter_shortname": "gate",
           "parameter_modmode": 0,
           "parameter_mmin": -90.0,
           "parameter_mmax": 0.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            -60.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/input/gate_db"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/input/gate_db"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          80,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "input monitor",
         "annotation": "send the input to the output as well",
         "annotation_name": "input monitor",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "input monitor",
           "parameter_shortname": "monitor",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          80,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/input/monitor"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          110,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "input monitor",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          80,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/input/monitor"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          80,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          140,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          152.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          170,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "input channel",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          140,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/input/channel"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          140,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          200,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          196.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "listen refractory_ms",
         "annotation": "shortest time between two onsets",
         "annotation_name": "listen refractory_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "listen refractory_ms",
           "parameter_shortname": "refractory",
           "parameter_modmode": 0,
           "parameter_mmin": 5.0,
           "parameter_mmax": 1000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            40.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          278,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/listen/refractory_ms"
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          264,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/refractory_ms"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          200,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          230,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "listen segment_ms",
         "annotation": "a heard segment is closed after this time at the latest",
         "annotation_name": "listen segment_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "listen segment_ms",
           "parameter_shortname": "segment",
           "parameter_modmode": 0,
           "parameter_mmin": 50.0,
           "parameter_mmax": 5000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            500.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/listen/segment_ms"
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/segment_ms"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          260,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "listen room_min_ms",
         "annotation": "earliest that livehost's own sound comes back",
         "annotation_name": "listen room_min_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "listen room_min_ms",
           "parameter_shortname": "room min",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 100.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            2.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          260,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/listen/room_min_ms"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          260,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/room_min_ms"
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          260,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          290,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "listen room_max_ms",
         "annotation": "latest that livehost's own sound comes back; 0: never (and where the input is a file)",
         "annotation_name": "listen room_max_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "listen room_max_ms",
           "parameter_shortname": "room max",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 250.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            60.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          290,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/listen/room_max_ms"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          290,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/room_max_ms"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          290,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          320,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "listen room_db",
         "annotation": "loudest that livehost's own sound comes back, 0: as loud as it leaves",
         "annotation_name": "listen room_db",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "listen room_db",
           "parameter_shortname": "room",
           "parameter_modmode": 0,
           "parameter_mmin": -60.0,
           "parameter_mmax": 20.0,
           "parameter_type": 0,
           "parameter_unitstyle": 4,
           "parameter_initial": [
            -6.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          320,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/listen/room_db"
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          320,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/room_db"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          320,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          350,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          152.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          380,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "listen strike",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          350,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/listen/strike"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          350,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          410,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          214.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "engine steal",
         "annotation": "which voice gives way when all sound",
         "annotation_name": "engine steal",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "engine steal",
           "parameter_shortname": "steal",
           "parameter_modmode": 0,
           "parameter_enum": [
            "quietest",
            "oldest"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          410,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/engine/steal"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          440,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "engine steal",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          410,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/engine/steal"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "newobj",
         "numinlets": 3,
         "numoutlets": 3,
         "patching_rect": [
          20,
          470,
          159,
          22
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "text": "route quietest oldest"
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          500,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          530,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          560,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          258.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "engine fade_in_ms",
         "annotation": "fade at the start of a voice",
         "annotation_name": "engine fade_in_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "engine fade_in_ms",
           "parameter_shortname": "fade in",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            0.5
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          560,
          257,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/engine/fade_in_ms"
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          560,
          243,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/engine/fade_in_ms"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          560,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          590,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "engine fade_out_ms",
         "annotation": "fade where a voice is cut",
         "annotation_name": "engine fade_out_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "engine fade_out_ms",
           "parameter_shortname": "fade out",
           "parameter_modmode": 0,
           "parameter_mmin": 0.5,
           "parameter_mmax": 5000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            10.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          590,
          264,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/engine/fade_out_ms"
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          590,
          250,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/engine/fade_out_ms"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          590,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          620,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          28.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "log attention",
         "annotation": "attention in the event log: every row, their mean, or none",
         "annotation_name": "log attention",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "log attention",
           "parameter_shortname": "attention",
           "parameter_modmode": 0,
           "parameter_enum": [
            "rows",
            "mean",
            "off"
           ],
           "parameter_mmax": 2,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          620,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/log/attention"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          650,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "log attention",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          620,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/log/attention"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 4,
         "numoutlets": 4,
         "patching_rect": [
          20,
          680,
          145,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "text": "route rows mean off"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          710,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          740,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          770,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          800,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          90.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "record start",
         "annotation": "record input and output",
         "annotation_name": "record start",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "record start",
           "parameter_shortname": "start",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          800,
          166,
          22
         ],
         "text": "/livehost/record/start",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          830,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "record start",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "live.button",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          860,
          22,
          22
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          152.0,
          22.0,
          22.0
         ],
         "parameter_enable": 1,
         "varname": "record stop",
         "annotation": "stop recording",
         "annotation_name": "record stop",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "record stop",
           "parameter_shortname": "stop",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          380,
          860,
          159,
          22
         ],
         "text": "/livehost/record/stop",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          890,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "record stop",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          920,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          214.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          950,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "record active",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          920,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/record/active"
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          920,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          980,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          276.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          1010,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "record seconds",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          980,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/record/seconds"
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          980,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          1040,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          338.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          1070,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "record path",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          1040,
          201,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/record/path"
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          1040,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          260,
          1100,
          40,
          22
         ],
         "text": "",
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          28.0,
          104.0,
          20.0
         ]
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          1130,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          346.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "record overflows",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          1100,
          236,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/record/overflows"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          1100,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-23",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-23",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-33",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-33",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          1
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-54",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-54",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          1
         ],
         "destination": [
          "obj-61",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-61",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          2
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-64",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-66",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-71",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-72",
          0
         ],
         "destination": [
          "obj-69",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-75",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-76",
          0
         ],
         "destination": [
          "obj-73",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-80",
          0
         ],
         "destination": [
          "obj-77",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-83",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-84",
          0
         ],
         "destination": [
          "obj-81",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Input_engine_recording",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-178",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2480,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-179",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2480,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-180",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2510,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       356.0,
       412.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          50,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "MIDI output ports, with commas; a name that is no port becomes a virtual port"
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          50,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          50,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          50,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/port"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "midi port",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/port"
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          50,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          110,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "MIDI input ports, with commas; a name that is no port becomes a virtual port"
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          110,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          110,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          110,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/in_port"
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          140,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "midi in port",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          110,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/in_port"
        }
       },
       {
        "box": {
         "id": "obj-16",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          110,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-17",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          170,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi channel",
         "annotation": "MIDI channel",
         "annotation_name": "midi channel",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi channel",
           "parameter_shortname": "channel",
           "parameter_modmode": 0,
           "parameter_mmin": 1,
           "parameter_mmax": 16,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-18",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          170,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/channel"
        }
       },
       {
        "box": {
         "id": "obj-19",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          170,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/channel"
        }
       },
       {
        "box": {
         "id": "obj-20",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          170,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-21",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          200,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          214.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "midi note",
         "annotation": "note of a voice: root pitch of the item (else one that no pitched item has), index, or the General MIDI drum of its name",
         "annotation_name": "midi note",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi note",
           "parameter_shortname": "note",
           "parameter_modmode": 0,
           "parameter_enum": [
            "pitch",
            "index",
            "drums"
           ],
           "parameter_mmax": 2,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-22",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          200,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/note"
        }
       },
       {
        "box": {
         "id": "obj-23",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          230,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "midi note",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-24",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          200,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/note"
        }
       },
       {
        "box": {
         "id": "obj-25",
         "maxclass": "newobj",
         "numinlets": 4,
         "numoutlets": 4,
         "patching_rect": [
          20,
          260,
          173,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "text": "route pitch index drums"
        }
       },
       {
        "box": {
         "id": "obj-26",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          290,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-27",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          320,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-28",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          350,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-29",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          380,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          276.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "MIDI channel, and how notes are chosen, for folders of the bank: drums=10:drums,voices=2"
        }
       },
       {
        "box": {
         "id": "obj-30",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          380,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-31",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          380,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-32",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          380,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/folders"
        }
       },
       {
        "box": {
         "id": "obj-33",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          410,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "midi folders",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-34",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          380,
          208,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/folders"
        }
       },
       {
        "box": {
         "id": "obj-35",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          380,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-36",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          440,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          320.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi transpose",
         "annotation": "transposition of MIDI notes",
         "annotation_name": "midi transpose",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi transpose",
           "parameter_shortname": "transpose",
           "parameter_modmode": 0,
           "parameter_mmin": -48,
           "parameter_mmax": 48,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-37",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          440,
          236,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/transpose"
        }
       },
       {
        "box": {
         "id": "obj-38",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          440,
          222,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/transpose"
        }
       },
       {
        "box": {
         "id": "obj-39",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          440,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-40",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          470,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi velocity_scale",
         "annotation": "factor on MIDI velocities",
         "annotation_name": "midi velocity_scale",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi velocity_scale",
           "parameter_shortname": "velocity scale",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 4.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            1.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-41",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          470,
          271,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/velocity_scale"
        }
       },
       {
        "box": {
         "id": "obj-42",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          470,
          257,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/velocity_scale"
        }
       },
       {
        "box": {
         "id": "obj-43",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          470,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-44",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          500,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi delay_ms",
         "annotation": "a note leaves this long after its frame, evenly; 0: with its sound, or as soon as it can",
         "annotation_name": "midi delay_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi delay_ms",
           "parameter_shortname": "delay",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 500.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            4.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-45",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          500,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-46",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          500,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/delay_ms"
        }
       },
       {
        "box": {
         "id": "obj-47",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          500,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-48",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          530,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          134.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi max_note_s",
         "annotation": "a note that lasts longer is ended; 0: none",
         "annotation_name": "midi max_note_s",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi max_note_s",
           "parameter_shortname": "max note s",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 86400.0,
           "parameter_type": 0,
           "parameter_unitstyle": 1,
           "parameter_initial": [
            60.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-49",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          530,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-50",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          530,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/max_note_s"
        }
       },
       {
        "box": {
         "id": "obj-51",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          530,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-52",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          560,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          214.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "midi thru",
         "annotation": "pass on what comes in to the outputs",
         "annotation_name": "midi thru",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi thru",
           "parameter_shortname": "thru",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-53",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          560,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/thru"
        }
       },
       {
        "box": {
         "id": "obj-54",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          590,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "midi thru",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-55",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          560,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/thru"
        }
       },
       {
        "box": {
         "id": "obj-56",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          560,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-57",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          620,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          276.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "what controllers move: CHANNEL:CONTROLLER=ADDRESS, with commas; /livehost/midi/learn adds to it"
        }
       },
       {
        "box": {
         "id": "obj-58",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          620,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-59",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          620,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-60",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          620,
          194,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/map"
        }
       },
       {
        "box": {
         "id": "obj-61",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          650,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          260.0,
          108.0,
          16.0
         ],
         "text": "midi map",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-62",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          620,
          180,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/map"
        }
       },
       {
        "box": {
         "id": "obj-63",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          620,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-64",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          680,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          338.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "midi programs",
         "annotation": "a program change recalls the scene of that number, the first one at program 0",
         "annotation_name": "midi programs",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi programs",
           "parameter_shortname": "programs",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-65",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          680,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/programs"
        }
       },
       {
        "box": {
         "id": "obj-66",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          710,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          122.0,
          322.0,
          108.0,
          16.0
         ],
         "text": "midi programs",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-67",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          680,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/programs"
        }
       },
       {
        "box": {
         "id": "obj-68",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          680,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-69",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          740,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          10.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi in_channel",
         "annotation": "MIDI channel that is listened to; 0: all",
         "annotation_name": "midi in_channel",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi in_channel",
           "parameter_shortname": "in channel",
           "parameter_modmode": 0,
           "parameter_mmin": 0,
           "parameter_mmax": 16,
           "parameter_type": 1,
           "parameter_unitstyle": 0,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-70",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          740,
          243,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/in_channel"
        }
       },
       {
        "box": {
         "id": "obj-71",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          740,
          229,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/in_channel"
        }
       },
       {
        "box": {
         "id": "obj-72",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          740,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-73",
         "maxclass": "live.dial",
         "numinlets": 1,
         "numoutlets": 2,
         "patching_rect": [
          260,
          770,
          60,
          48
         ],
         "outlettype": [
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          72.0,
          60.0,
          48.0
         ],
         "parameter_enable": 1,
         "varname": "midi feedback_ms",
         "annotation": "what livehost sent and what comes back within this time is not the musician's; 0: all that comes is",
         "annotation_name": "midi feedback_ms",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "midi feedback_ms",
           "parameter_shortname": "feedback",
           "parameter_modmode": 0,
           "parameter_mmin": 0.0,
           "parameter_mmax": 1000.0,
           "parameter_type": 0,
           "parameter_unitstyle": 2,
           "parameter_initial": [
            100.0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-74",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          770,
          250,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/feedback_ms"
        }
       },
       {
        "box": {
         "id": "obj-75",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          770,
          236,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/midi/feedback_ms"
        }
       },
       {
        "box": {
         "id": "obj-76",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          770,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       },
       {
        "box": {
         "id": "obj-77",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          800,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          152.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "the next controller moved is bound to that address: it turns a setting, or presses an action (whose arguments may stand behind it)"
        }
       },
       {
        "box": {
         "id": "obj-78",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          800,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-79",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          800,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-80",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          800,
          208,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/learn"
        }
       },
       {
        "box": {
         "id": "obj-81",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          830,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          136.0,
          108.0,
          16.0
         ],
         "text": "midi learn",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-82",
         "maxclass": "textedit",
         "numinlets": 1,
         "numoutlets": 4,
         "patching_rect": [
          260,
          860,
          104,
          20
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          214.0,
          104.0,
          20.0
         ],
         "keymode": 1,
         "lines": 1,
         "hint": "nothing is bound to that address any more; without one, to any"
        }
       },
       {
        "box": {
         "id": "obj-83",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          380,
          860,
          82,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route text"
        }
       },
       {
        "box": {
         "id": "obj-84",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          460,
          860,
          68,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "tosymbol"
        }
       },
       {
        "box": {
         "id": "obj-85",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          540,
          860,
          222,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/midi/unlearn"
        }
       },
       {
        "box": {
         "id": "obj-86",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          890,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          234.0,
          198.0,
          108.0,
          16.0
         ],
         "text": "midi unlearn",
         "textjustification": 0
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-5",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-5",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-13",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-13",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-16",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-16",
          0
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-17",
          0
         ],
         "destination": [
          "obj-18",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-18",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-19",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-19",
          0
         ],
         "destination": [
          "obj-20",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-20",
          0
         ],
         "destination": [
          "obj-17",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-21",
          0
         ],
         "destination": [
          "obj-22",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-22",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-24",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-24",
          0
         ],
         "destination": [
          "obj-25",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          0
         ],
         "destination": [
          "obj-26",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-26",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          1
         ],
         "destination": [
          "obj-27",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-27",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-25",
          2
         ],
         "destination": [
          "obj-28",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-28",
          0
         ],
         "destination": [
          "obj-21",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-29",
          0
         ],
         "destination": [
          "obj-30",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-30",
          0
         ],
         "destination": [
          "obj-31",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-31",
          0
         ],
         "destination": [
          "obj-32",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-32",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-34",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-34",
          0
         ],
         "destination": [
          "obj-35",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-35",
          0
         ],
         "destination": [
          "obj-29",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-36",
          0
         ],
         "destination": [
          "obj-37",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-37",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-38",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-38",
          0
         ],
         "destination": [
          "obj-39",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-39",
          0
         ],
         "destination": [
          "obj-36",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-40",
          0
         ],
         "destination": [
          "obj-41",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-41",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-42",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-42",
          0
         ],
         "destination": [
          "obj-43",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-43",
          0
         ],
         "destination": [
          "obj-40",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-44",
          0
         ],
         "destination": [
          "obj-45",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-45",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-46",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-46",
          0
         ],
         "destination": [
          "obj-47",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-47",
          0
         ],
         "destination": [
          "obj-44",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-48",
          0
         ],
         "destination": [
          "obj-49",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-49",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-50",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-50",
          0
         ],
         "destination": [
          "obj-51",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-51",
          0
         ],
         "destination": [
          "obj-48",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-52",
          0
         ],
         "destination": [
          "obj-53",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-53",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-55",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-55",
          0
         ],
         "destination": [
          "obj-56",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-56",
          0
         ],
         "destination": [
          "obj-52",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-57",
          0
         ],
         "destination": [
          "obj-58",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-58",
          0
         ],
         "destination": [
          "obj-59",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-59",
          0
         ],
         "destination": [
          "obj-60",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-60",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-62",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-62",
          0
         ],
         "destination": [
          "obj-63",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-63",
          0
         ],
         "destination": [
          "obj-57",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-64",
          0
         ],
         "destination": [
          "obj-65",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-65",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-67",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-67",
          0
         ],
         "destination": [
          "obj-68",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-68",
          0
         ],
         "destination": [
          "obj-64",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-69",
          0
         ],
         "destination": [
          "obj-70",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-70",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-71",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-71",
          0
         ],
         "destination": [
          "obj-72",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-72",
          0
         ],
         "destination": [
          "obj-69",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-73",
          0
         ],
         "destination": [
          "obj-74",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-74",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-75",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-75",
          0
         ],
         "destination": [
          "obj-76",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-76",
          0
         ],
         "destination": [
          "obj-73",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-77",
          0
         ],
         "destination": [
          "obj-78",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-78",
          0
         ],
         "destination": [
          "obj-79",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-79",
          0
         ],
         "destination": [
          "obj-80",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-80",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-82",
          0
         ],
         "destination": [
          "obj-83",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-83",
          0
         ],
         "destination": [
          "obj-84",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-84",
          0
         ],
         "destination": [
          "obj-85",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-85",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p MIDI",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-181",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2510,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-182",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2510,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   },
   {
    "box": {
     "id": "obj-183",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      300,
      2540,
      120,
      22
     ],
     "patcher": {
      "fileversion": 1,
      "appversion": {
       "major": 8,
       "minor": 5,
       "revision": 5,
       "architecture": "x64",
       "modernui": 1
      },
      "classnamespace": "box",
      "rect": [
       80.0,
       100.0,
       132.0,
       164.0
      ],
      "bglocked": 0,
      "openinpresentation": 1,
      "default_fontsize": 12.0,
      "default_fontface": 0,
      "default_fontname": "Arial",
      "gridonopen": 1,
      "gridsize": [
       15.0,
       15.0
      ],
      "gridsnaponopen": 1,
      "objectsnaponopen": 1,
      "statusbarvisible": 2,
      "toolbarvisible": 1,
      "lefttoolbarpinned": 0,
      "toptoolbarpinned": 0,
      "righttoolbarpinned": 0,
      "bottomtoolbarpinned": 0,
      "toolbars_unpinned_last_save": 0,
      "tallnewobj": 0,
      "boxanimatetime": 200,
      "enablehscroll": 1,
      "enablevscroll": 1,
      "devicewidth": 0.0,
      "description": "",
      "digest": "",
      "tags": "",
      "style": "",
      "subpatcher_template": "",
      "assistshowspatchername": 0,
      "boxes": [
       {
        "box": {
         "id": "obj-1",
         "maxclass": "outlet",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          700,
          20,
          54,
          22
         ],
         "outlettype": []
        }
       },
       {
        "box": {
         "id": "obj-2",
         "maxclass": "inlet",
         "numinlets": 0,
         "numoutlets": 1,
         "patching_rect": [
          20,
          20,
          47,
          22
         ],
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-3",
         "maxclass": "live.menu",
         "numinlets": 1,
         "numoutlets": 3,
         "patching_rect": [
          260,
          50,
          100,
          18
         ],
         "outlettype": [
          "",
          "",
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          28.0,
          100.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "audio on_loss",
         "annotation": "a lost card: wait for it; null: play on by a clock of livehost's own; exit: end",
         "annotation_name": "audio on_loss",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "audio on_loss",
           "parameter_shortname": "on loss",
           "parameter_modmode": 0,
           "parameter_enum": [
            "wait",
            "null",
            "exit"
           ],
           "parameter_mmax": 2,
           "parameter_type": 2,
           "parameter_initial": [
            0
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-4",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          50,
          229,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/audio/on_loss"
        }
       },
       {
        "box": {
         "id": "obj-5",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          80,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          12.0,
          108.0,
          16.0
         ],
         "text": "audio on loss",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-6",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          50,
          215,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/audio/on_loss"
        }
       },
       {
        "box": {
         "id": "obj-7",
         "maxclass": "newobj",
         "numinlets": 4,
         "numoutlets": 4,
         "patching_rect": [
          20,
          110,
          152,
          22
         ],
         "outlettype": [
          "",
          "",
          "",
          ""
         ],
         "text": "route wait null exit"
        }
       },
       {
        "box": {
         "id": "obj-8",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          20,
          140,
          47,
          22
         ],
         "text": "set 0",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-9",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          80,
          170,
          47,
          22
         ],
         "text": "set 1",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-10",
         "maxclass": "message",
         "numinlets": 2,
         "numoutlets": 1,
         "patching_rect": [
          140,
          200,
          47,
          22
         ],
         "text": "set 2",
         "outlettype": [
          ""
         ]
        }
       },
       {
        "box": {
         "id": "obj-11",
         "maxclass": "live.toggle",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          260,
          230,
          18,
          18
         ],
         "outlettype": [
          ""
         ],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          90.0,
          18.0,
          18.0
         ],
         "parameter_enable": 1,
         "varname": "run hints",
         "annotation": "say while it runs what is wrong with the sound: clipping, silence, no onsets, its own echo",
         "annotation_name": "run hints",
         "saved_attribute_attributes": {
          "valueof": {
           "parameter_longname": "run hints",
           "parameter_shortname": "hints",
           "parameter_modmode": 0,
           "parameter_enum": [
            "off",
            "on"
           ],
           "parameter_mmax": 1,
           "parameter_type": 2,
           "parameter_initial": [
            1
           ],
           "parameter_initial_enable": 1
          }
         }
        }
       },
       {
        "box": {
         "id": "obj-12",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          380,
          230,
          201,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend /livehost/run/hints"
        }
       },
       {
        "box": {
         "id": "obj-13",
         "maxclass": "live.comment",
         "numinlets": 1,
         "numoutlets": 0,
         "patching_rect": [
          900,
          260,
          108,
          16
         ],
         "outlettype": [],
         "presentation": 1,
         "presentation_rect": [
          10.0,
          74.0,
          108.0,
          16.0
         ],
         "text": "run hints",
         "textjustification": 0
        }
       },
       {
        "box": {
         "id": "obj-14",
         "maxclass": "newobj",
         "numinlets": 2,
         "numoutlets": 2,
         "patching_rect": [
          20,
          230,
          187,
          22
         ],
         "outlettype": [
          "",
          ""
         ],
         "text": "route /livehost/run/hints"
        }
       },
       {
        "box": {
         "id": "obj-15",
         "maxclass": "newobj",
         "numinlets": 1,
         "numoutlets": 1,
         "patching_rect": [
          180,
          230,
          89,
          22
         ],
         "outlettype": [
          ""
         ],
         "text": "prepend set"
        }
       }
      ],
      "lines": [
       {
        "patchline": {
         "source": [
          "obj-3",
          0
         ],
         "destination": [
          "obj-4",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-4",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-6",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-6",
          0
         ],
         "destination": [
          "obj-7",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          0
         ],
         "destination": [
          "obj-8",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-8",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          1
         ],
         "destination": [
          "obj-9",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-9",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-7",
          2
         ],
         "destination": [
          "obj-10",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-10",
          0
         ],
         "destination": [
          "obj-3",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-11",
          0
         ],
         "destination": [
          "obj-12",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-12",
          0
         ],
         "destination": [
          "obj-1",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-2",
          0
         ],
         "destination": [
          "obj-14",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-14",
          0
         ],
         "destination": [
          "obj-15",
          0
         ],
         "order": 0
        }
       },
       {
        "patchline": {
         "source": [
          "obj-15",
          0
         ],
         "destination": [
          "obj-11",
          0
         ],
         "order": 0
        }
       }
      ],
      "dependency_cache": [],
      "autosave": 0
     },
     "text": "p Other_settings",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-184",
     "maxclass": "message",
     "numinlets": 2,
     "numoutlets": 1,
     "patching_rect": [
      20,
      2540,
      40,
      22
     ],
     "text": "open",
     "outlettype": [
      ""
     ]
    }
   },
   {
    "box": {
     "id": "obj-185",
     "maxclass": "newobj",
     "numinlets": 1,
     "numoutlets": 1,
     "patching_rect": [
      120,
      2540,
      68,
      22
     ],
     "outlettype": [
      ""
     ],
     "text": "pcontrol"
    }
   }
  ],
  "lines": [
   {
    "patchline": {
     "source": [
      "obj-1",
      0
     ],
     "destination": [
      "obj-2",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-2",
      0
     ],
     "destination": [
      "obj-4",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-4",
      0
     ],
     "destination": [
      "obj-3",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-3",
      0
     ],
     "destination": [
      "obj-5",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-5",
      0
     ],
     "destination": [
      "obj-7",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-7",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-6",
      0
     ],
     "destination": [
      "obj-5",
      1
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-6",
      0
     ],
     "destination": [
      "obj-10",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-10",
      0
     ],
     "destination": [
      "obj-9",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-11",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-12",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-9",
      0
     ],
     "destination": [
      "obj-13",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-13",
      0
     ],
     "destination": [
      "obj-14",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-14",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-13",
      1
     ],
     "destination": [
      "obj-15",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-2",
      1
     ],
     "destination": [
      "obj-17",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-17",
      0
     ],
     "destination": [
      "obj-18",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-18",
      0
     ],
     "destination": [
      "obj-16",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-16",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-19",
      0
     ],
     "destination": [
      "obj-16",
      1
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-20",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-21",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-22",
      0
     ],
     "destination": [
      "obj-23",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-23",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-25",
      0
     ],
     "destination": [
      "obj-26",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-26",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-28",
      0
     ],
     "destination": [
      "obj-29",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-29",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-31",
      0
     ],
     "destination": [
      "obj-32",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-32",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-34",
      0
     ],
     "destination": [
      "obj-35",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-35",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-37",
      0
     ],
     "destination": [
      "obj-38",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-38",
      0
     ],
     "destination": [
      "obj-8",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-40",
      0
     ],
     "destination": [
      "obj-41",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-41",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-42",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-42",
      0
     ],
     "destination": [
      "obj-43",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-43",
      0
     ],
     "destination": [
      "obj-40",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-45",
      0
     ],
     "destination": [
      "obj-46",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-46",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-47",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-47",
      0
     ],
     "destination": [
      "obj-48",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-48",
      0
     ],
     "destination": [
      "obj-45",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-50",
      0
     ],
     "destination": [
      "obj-51",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-51",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-52",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-52",
      0
     ],
     "destination": [
      "obj-53",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-53",
      0
     ],
     "destination": [
      "obj-50",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-54",
      0
     ],
     "destination": [
      "obj-55",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-55",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-56",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-56",
      0
     ],
     "destination": [
      "obj-57",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-57",
      0
     ],
     "destination": [
      "obj-54",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-58",
      0
     ],
     "destination": [
      "obj-59",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-59",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-60",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-60",
      0
     ],
     "destination": [
      "obj-61",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-61",
      0
     ],
     "destination": [
      "obj-58",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-62",
      0
     ],
     "destination": [
      "obj-63",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-63",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-64",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-64",
      0
     ],
     "destination": [
      "obj-65",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-65",
      0
     ],
     "destination": [
      "obj-62",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-66",
      0
     ],
     "destination": [
      "obj-67",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-67",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-68",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-68",
      0
     ],
     "destination": [
      "obj-69",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-69",
      0
     ],
     "destination": [
      "obj-66",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-70",
      0
     ],
     "destination": [
      "obj-71",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-71",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-72",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-72",
      0
     ],
     "destination": [
      "obj-73",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-73",
      0
     ],
     "destination": [
      "obj-70",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-74",
      0
     ],
     "destination": [
      "obj-75",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-75",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-76",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-76",
      0
     ],
     "destination": [
      "obj-77",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-77",
      0
     ],
     "destination": [
      "obj-74",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-78",
      0
     ],
     "destination": [
      "obj-79",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-79",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-80",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-80",
      0
     ],
     "destination": [
      "obj-81",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-81",
      0
     ],
     "destination": [
      "obj-78",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-82",
      0
     ],
     "destination": [
      "obj-83",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-83",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-84",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-84",
      0
     ],
     "destination": [
      "obj-85",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-85",
      0
     ],
     "destination": [
      "obj-82",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-86",
      0
     ],
     "destination": [
      "obj-87",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-87",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-88",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-88",
      0
     ],
     "destination": [
      "obj-89",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-89",
      0
     ],
     "destination": [
      "obj-86",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-90",
      0
     ],
     "destination": [
      "obj-91",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-91",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-92",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-92",
      0
     ],
     "destination": [
      "obj-93",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-93",
      0
     ],
     "destination": [
      "obj-94",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-94",
      0
     ],
     "destination": [
      "obj-90",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-93",
      1
     ],
     "destination": [
      "obj-95",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-95",
      0
     ],
     "destination": [
      "obj-90",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-93",
      2
     ],
     "destination": [
      "obj-96",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-96",
      0
     ],
     "destination": [
      "obj-90",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-93",
      3
     ],
     "destination": [
      "obj-97",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-97",
      0
     ],
     "destination": [
      "obj-90",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-99",
      0
     ],
     "destination": [
      "obj-100",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-100",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-101",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-101",
      0
     ],
     "destination": [
      "obj-102",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-102",
      0
     ],
     "destination": [
      "obj-103",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-103",
      0
     ],
     "destination": [
      "obj-99",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-102",
      1
     ],
     "destination": [
      "obj-104",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-104",
      0
     ],
     "destination": [
      "obj-99",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-102",
      2
     ],
     "destination": [
      "obj-105",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-105",
      0
     ],
     "destination": [
      "obj-99",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-102",
      3
     ],
     "destination": [
      "obj-106",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-106",
      0
     ],
     "destination": [
      "obj-99",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-108",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-108",
      0
     ],
     "destination": [
      "obj-110",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-110",
      0
     ],
     "destination": [
      "obj-109",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-110",
      1
     ],
     "destination": [
      "obj-109",
      1
     ],
     "order": 1
    }
   },
   {
    "patchline": {
     "source": [
      "obj-108",
      1
     ],
     "destination": [
      "obj-111",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-111",
      0
     ],
     "destination": [
      "obj-109",
      2
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-111",
      1
     ],
     "destination": [
      "obj-109",
      3
     ],
     "order": 1
    }
   },
   {
    "patchline": {
     "source": [
      "obj-109",
      0
     ],
     "destination": [
      "obj-112",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-114",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-114",
      0
     ],
     "destination": [
      "obj-115",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-115",
      0
     ],
     "destination": [
      "obj-116",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-116",
      0
     ],
     "destination": [
      "obj-117",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-118",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-118",
      0
     ],
     "destination": [
      "obj-119",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-119",
      0
     ],
     "destination": [
      "obj-120",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-120",
      0
     ],
     "destination": [
      "obj-121",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-121",
      0
     ],
     "destination": [
      "obj-117",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-123",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-123",
      0
     ],
     "destination": [
      "obj-124",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-124",
      1
     ],
     "destination": [
      "obj-125",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-125",
      0
     ],
     "destination": [
      "obj-126",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-124",
      2
     ],
     "destination": [
      "obj-127",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-124",
      5
     ],
     "destination": [
      "obj-129",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-124",
      6
     ],
     "destination": [
      "obj-131",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-123",
      1
     ],
     "destination": [
      "obj-133",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-123",
      3
     ],
     "destination": [
      "obj-135",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-135",
      3
     ],
     "destination": [
      "obj-136",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-123",
      2
     ],
     "destination": [
      "obj-138",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-138",
      1
     ],
     "destination": [
      "obj-139",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-139",
      0
     ],
     "destination": [
      "obj-140",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-140",
      0
     ],
     "destination": [
      "obj-141",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-138",
      0
     ],
     "destination": [
      "obj-141",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-142",
      0
     ],
     "destination": [
      "obj-143",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      0
     ],
     "destination": [
      "obj-145",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-145",
      0
     ],
     "destination": [
      "obj-146",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-146",
      0
     ],
     "destination": [
      "obj-144",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-144",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-144",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      1
     ],
     "destination": [
      "obj-148",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-148",
      0
     ],
     "destination": [
      "obj-149",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-149",
      0
     ],
     "destination": [
      "obj-147",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-147",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-147",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      2
     ],
     "destination": [
      "obj-151",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-151",
      0
     ],
     "destination": [
      "obj-152",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-152",
      0
     ],
     "destination": [
      "obj-150",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-150",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-150",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      3
     ],
     "destination": [
      "obj-154",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-154",
      0
     ],
     "destination": [
      "obj-155",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-155",
      0
     ],
     "destination": [
      "obj-153",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-153",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-153",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      4
     ],
     "destination": [
      "obj-157",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-157",
      0
     ],
     "destination": [
      "obj-158",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-158",
      0
     ],
     "destination": [
      "obj-156",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-156",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-156",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      5
     ],
     "destination": [
      "obj-160",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-160",
      0
     ],
     "destination": [
      "obj-161",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-161",
      0
     ],
     "destination": [
      "obj-159",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-159",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-159",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      6
     ],
     "destination": [
      "obj-163",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-163",
      0
     ],
     "destination": [
      "obj-164",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-164",
      0
     ],
     "destination": [
      "obj-162",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-162",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-162",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      7
     ],
     "destination": [
      "obj-166",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-166",
      0
     ],
     "destination": [
      "obj-167",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-167",
      0
     ],
     "destination": [
      "obj-165",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-165",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-165",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      8
     ],
     "destination": [
      "obj-169",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-169",
      0
     ],
     "destination": [
      "obj-170",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-170",
      0
     ],
     "destination": [
      "obj-168",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-168",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-168",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      9
     ],
     "destination": [
      "obj-172",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-172",
      0
     ],
     "destination": [
      "obj-173",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-173",
      0
     ],
     "destination": [
      "obj-171",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-171",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-171",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      10
     ],
     "destination": [
      "obj-175",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-175",
      0
     ],
     "destination": [
      "obj-176",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-176",
      0
     ],
     "destination": [
      "obj-174",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-174",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-174",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      11
     ],
     "destination": [
      "obj-178",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-178",
      0
     ],
     "destination": [
      "obj-179",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-179",
      0
     ],
     "destination": [
      "obj-177",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-177",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-177",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      12
     ],
     "destination": [
      "obj-181",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-181",
      0
     ],
     "destination": [
      "obj-182",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-182",
      0
     ],
     "destination": [
      "obj-180",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-180",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-180",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-143",
      13
     ],
     "destination": [
      "obj-184",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-184",
      0
     ],
     "destination": [
      "obj-185",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-185",
      0
     ],
     "destination": [
      "obj-183",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-15",
      0
     ],
     "destination": [
      "obj-183",
      0
     ],
     "order": 0
    }
   },
   {
    "patchline": {
     "source": [
      "obj-183",
      0
     ],
     "destination": [
      "obj-19",
      0
     ],
     "order": 0
    }
   }
  ],
  "dependency_cache": [],
  "autosave": 0
 }
}
