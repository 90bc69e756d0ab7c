"""Two profiles beside each other, choice by choice and object by object; and the words."""
